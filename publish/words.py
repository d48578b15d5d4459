"""The words of the playgrounds in the languages of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scenes.words import WORDS as FILM_WORDS

_ENGLISH = {
    "playground": "Playground: {optimizer}",
    "objective": "Objective",
    "formula": "Formula of the objective",
    "objective.valley": "Valley",
    "objective.bowl": "Bowl",
    "objective.rosenbrock": "Rosenbrock",
    "objective.himmelblau": "Himmelblau",
    "objective.beale": "Beale",
    "objective.tilted": "Valley, 45°",
    "hyper.lr": "learning rate",
    "hyper.momentum": "decay of the gathered gradients",
    "hyper.gamma": "decay of the average",
    "hyper.rho": "decay of the averages",
    "hyper.beta1": "decay of the mean gradient",
    "hyper.beta2": "decay of the mean square",
    "hyper.eps": "small constant",
    "steps": "steps",
    "startPoint": "start",
    "startOf": "Start, coordinate {axis}",
    "handle": "Start point: drag it, or press the arrow keys; with Shift it moves farther",
    "hint": (
        "Drag the start, or click the field. Point at the path or at the loss curve "
        "to see the numbers of that step."
    ),
    "expectNumber": "a decimal number such as 0.05 or 1e-3",
    "expectWhole": "a whole number from {low} to {high}",
    "expectBetween": "a decimal number from {low} to {high}",
    "refused": "{name}: expected {expected}. {value} stays.",
    "beyond": "Beyond the slider, which goes from {low} to {high}",
    "reset": "Reset",
    "start": "start",
    "end": "end",
    "minimum": "minimum",
    "direction": "{gradient}, direction only",
    "leaves": "leaves here, step {step}",
    "equation": "Update",
    "stepOf": "Step {step} of {steps}",
    "stepShown": "Step shown",
    "stepValue": "step {step} of {steps}, loss {loss}",
    "loss": "Loss at each step",
    "lossLog": "Loss at each step, logarithmic scale",
    "picture": "The path of {optimizer} from {start}. {outcome}",
    "steps.one": FILM_WORDS["en"]["steps_one"],
    "steps.many": FILM_WORDS["en"]["steps_many"],
    "outcome.converged": (
        "Converged: after {steps}, at {point}, the run is at rest, "
        "with next to nothing left to gain. Loss {last}."
    ),
    "outcome.flat": (
        "After {steps} the gradient is almost flat here, at {point}. Loss {last}, from {first}."
    ),
    "outcome.finished": "After {steps} the loss went from {first} to {last}, at {point}.",
    "outcome.level": "After {steps} the loss is {last}, as it was at the start, at {point}.",
    "outcome.climbed": "Climbed: in {steps} the loss went up from {first} to {last}, at {point}.",
    "outcome.diverging": "Diverging: in {steps} the loss grew from {first} to {last}, at {point}.",
    "outcome.diverged": (
        "Diverged at step {step}: the numbers grew beyond all bounds. "
        "The last finite loss is {last}."
    ),
    "outcome.undefined": (
        "Broke off at step {step}: the formula has no value there. The last point is {point}."
    ),
    "outcome.kinked": " At a kink, where the gradient has no value, a subgradient was taken.",
}

_CHINESE = {
    "playground": "动手试试：{optimizer}",
    "objective": "目标函数",
    "formula": "目标函数的公式",
    "objective.valley": "山谷",
    "objective.bowl": "圆碗",
    "objective.rosenbrock": "Rosenbrock 函数",
    "objective.himmelblau": "Himmelblau 函数",
    "objective.beale": "Beale 函数",
    "objective.tilted": "斜谷",
    "hyper.lr": "学习率",
    "hyper.momentum": "汇集的梯度的衰减率",
    "hyper.gamma": "平均值的衰减率",
    "hyper.rho": "平均值的衰减率",
    "hyper.beta1": "梯度均值的衰减率",
    "hyper.beta2": "平方均值的衰减率",
    "hyper.eps": "小常数",
    "steps": "步数",
    "startPoint": "起点",
    "startOf": "起点的第 {axis} 个坐标",
    "handle": "起点：可以拖动，也可以按方向键移动；按住 Shift 移动得更远",
    "hint": (
        "拖动起点，或点击等高线图来换一个起点。把指针移到路径或损失曲线上，就能看到那一步的数值。"
    ),
    "expectNumber": "十进制数，例如 0.05 或 1e-3",
    "expectWhole": "{low} 到 {high} 的整数",
    "expectBetween": "{low} 到 {high} 的十进制数",
    "refused": "{name}：应为{expected}。仍用 {value}。",
    "beyond": "超出滑块的范围：{low} 到 {high}",
    "reset": "重置",
    "start": "起点",
    "end": "终点",
    "minimum": "极小值点",
    "direction": "{gradient}（仅示方向）",
    "leaves": "第 {step} 步越出图外",
    "equation": "更新公式",
    "stepOf": "第 {step} 步，共 {steps} 步",
    "stepShown": "显示哪一步",
    "stepValue": "第 {step} 步，共 {steps} 步，损失 {loss}",
    "loss": "每一步的损失",
    "lossLog": "每一步的损失（对数刻度）",
    "picture": "{optimizer} 从 {start} 出发的路径。{outcome}",
    "steps.one": FILM_WORDS["zh"]["steps_one"],
    "steps.many": FILM_WORDS["zh"]["steps_many"],
    "outcome.converged": "已收敛：{steps}后停稳在 {point}，损失几乎无可再降，为 {last}。",
    "outcome.flat": "走完 {steps}，停在 {point}：此处的梯度几乎为零。损失从 {first} 变为 {last}。",
    "outcome.finished": "走完 {steps}，损失从 {first} 降到 {last}，停在 {point}。",
    "outcome.level": "走完 {steps}，损失仍为 {last}，与起点相同，停在 {point}。",
    "outcome.climbed": "损失反升：{steps}内从 {first} 升到 {last}，停在 {point}。",
    "outcome.diverging": "发散：{steps}内损失从 {first} 增大到 {last}，已到 {point}。",
    "outcome.diverged": "在第 {step} 步发散：数值增长失控。最后一个有限的损失是 {last}。",
    "outcome.undefined": "在第 {step} 步中断：公式在那里没有值。最后一点是 {point}。",
    "outcome.kinked": "途中遇到不可导的点，那里没有梯度，取的是次梯度。",
}

PLAYGROUND_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": MappingProxyType(_ENGLISH), "zh": MappingProxyType(_CHINESE)}
)
"""For each language the words by key; ``{name}`` is a place that the page's script fills."""
