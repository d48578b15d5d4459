"""The words of a sweep."""

from __future__ import annotations

EN = {
    "sweep_slow": "falls short",
    "sweep_settles": "settles",
    "sweep_overshoots": "overshoots, yet settles",
    "sweep_swings": "keeps swinging",
    "sweep_climbs": "climbs",
    "sweep_stops": "breaks off",
    "sweep_diverges": "diverges",
    "sweep_final": "loss after {steps}",
    "sweep_now_start": "One setting moves, and the whole run with it.",
    "sweep_now_glide": "Every picture is a run of its own, {steps} from the same start.",
    "sweep_now_slow": "At {value} the run falls short: loss {loss} after {steps}.",
    "sweep_now_settles": "At {value} the run settles: loss {loss} after {steps}.",
    "sweep_now_overshoots": ("At {value} it overshoots, yet settles: loss {loss} after {steps}."),
    "sweep_now_swings": "At {value} the run keeps swinging: loss {loss} after {steps}.",
    "sweep_now_climbs": "At {value} the run climbs: loss {loss} after {steps}.",
    "sweep_now_diverges": "At {value} the run diverges: loss {loss} after {steps}.",
    "sweep_now_broken": "At {value} the run diverges and breaks off at step {step}.",
    "sweep_now_stops": "At {value} the run breaks off at step {step}: no value there.",
    "sweep_chapter_start": "The setting that moves",
    "sweep_chapter_stop": "{name} = {value}",
}

ZH = {
    "sweep_slow": "尚未到达",
    "sweep_settles": "趋于平稳",
    "sweep_overshoots": "越过谷底后平稳",
    "sweep_swings": "来回振荡",
    "sweep_climbs": "损失反升",
    "sweep_stops": "中断",
    "sweep_diverges": "发散",
    "sweep_final": "{steps}之后的损失",
    "sweep_now_start": "只动一个参数，整条路径随之改变。",
    "sweep_now_glide": "每一帧都是从同一起点重新走的 {steps}。",
    "sweep_now_slow": "取 {value} 时尚未到达：{steps}之后损失仍有 {loss}。",
    "sweep_now_settles": "取 {value} 时趋于平稳：{steps}之后损失为 {loss}。",
    "sweep_now_overshoots": "取 {value} 时越过谷底后平稳：{steps}之后损失为 {loss}。",
    "sweep_now_swings": "取 {value} 时来回振荡：{steps}之后损失为 {loss}。",
    "sweep_now_climbs": "取 {value} 时损失反升：{steps}之后为 {loss}。",
    "sweep_now_diverges": "取 {value} 时发散：{steps}之后损失为 {loss}。",
    "sweep_now_stops": "取 {value} 时在第 {step} 步中断：公式在那里没有值。",
    "sweep_now_broken": "取 {value} 时发散，在第 {step} 步中断。",
    "sweep_chapter_start": "变动的参数",
    "sweep_chapter_stop": "{name} = {value}",
}
