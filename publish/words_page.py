"""The words of the pages, in every language; ``publish.words`` has those of runs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scenes.words import WORDS as FILM_WORDS

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "tag": "en",
                "name": "English",
                "comma": ", ",
                "gap": " ",
                "skip": "Skip to the lesson",
                "lesson_of": "Lesson {number} of {count}",
                "languages": "Language",
                "contents": "On this page",
                "theme": "Switch between light and dark",
                "previous": "Previous lesson",
                "next": "Next lesson",
                "neighbors": "Previous and next lesson",
                "note": "Note",
                "try": "Try it",
                "warning": "Careful",
                "answer": "Answer",
                "details": "Details",
                "table": "Table",
                "task_done": "done",
                "task_open": "to do",
                "footnotes": "Footnotes",
                "footnote": "Footnote {number}",
                "footnote_back": "Back to the place of footnote {number}",
                "film": "Film",
                "captions": "English",
                "chapters": "Chapters",
                "transcript": "Transcript",
                "film_formula": "The whole formula of the film\u2019s objective",
                "film_formula_of": "The whole formula of {title}",
                "downloads": "Download",
                "download_film": "Film (MP4)",
                "download_captions": "Captions (VTT)",
                "download_run": "Trajectory (CSV)",
                "download_run_of": "Trajectory (CSV): {label}",
                "download_runs": "Trajectories (CSV)",
                "film_loading": "This server sends films in one piece: loading the whole film…",
                "film_stuck": (
                    "This film cannot be moved here, as the server sends films in one piece. "
                    "It can be downloaded below."
                ),
                "film_lost": "The film could not be loaded; it can be downloaded below.",
                "main_run": "main run",
                "shot_descent": "The descent",
                "shot_anatomy": "Steps taken apart",
                "shot_race": "The race",
                "shot_sweep": "The setting that moves",
                "protocol": "Protocol of the race",
                "colon": ": ",
                "number": " ({number})",
                "protocol_terms": "All descend {objective} from {start}, {steps} each.",
                "protocol_starts": (
                    "All descend {objective}, {steps} each, from starts of their own."
                ),
                "protocol_order": "They are ranked by the loss after the last step.",
                "protocol_goal": (
                    "The goal is a loss of {loss}, {share}% of what could go above the lowest. "
                    "They are ranked by the step from which on they stay at it or below; those "
                    "that do not come there follow by their last loss."
                ),
                "protocol_search": (
                    "Each that is tuned has the same number of trials: those of a grid, then more "
                    "around the best so far, beyond the grid where that lies at its end."
                ),
                "from": "from {start}",
                "rank": "rank",
                "method": "method",
                "settings": "settings",
                "chosen": "how chosen",
                "protocol_rate": "{rate} is the learning rate.",
                "chosen_given": "given",
                "chosen_default": "defaults",
                "chosen_best": "{name}: the best of {count} trials",
                "chosen_at_end": "; {name} at the end of what was tried",
                "all_trials": "All that was tried",
                "trial_chart": "The loss after the last step over {setting}, {count} trials",
                "trial_goal": "step {step}",
                "trial_broken": "does not finish",
                "chart_key": (
                    "Charts: the loss after the last step, above the lowest. Full dots are at the "
                    "goal, which is the line; the ring is what was taken; a cross at the upper "
                    "edge is off the scale. Lists: that loss, and the step from which on the goal "
                    "is kept."
                ),
                "chart_key_plain": (
                    "The loss after the last step. The ring is what was taken; a cross at the "
                    "upper edge is off the scale."
                ),
                "at_goal": "at the goal from step",
                "trial_taken": "taken",
                "final_loss": "loss at the end",
                "distance": "distance from the minimum",
                "ended": "how it ended",
                "ended_converged": "converged",
                "ended_flat": "on almost flat ground",
                "ended_finished": "the loss fell",
                "ended_level": "the loss stayed",
                "ended_climbed": "climbed",
                "ended_diverging": "diverging",
                "ended_diverged": "diverged at step {step}",
                "ended_undefined": "broke off at step {step}",
                "no_video": "This browser cannot play the film. Download it instead:",
                "equations": "The update of {title}",
                "equations_note": "One step of {title}. Every operation acts on each coordinate.",
                "source": "Source",
                "as_text": "As text and as LaTeX",
                "point": "point",
                "gradient": "gradient",
                "first": FILM_WORDS["en"]["role_first"],
                "second": FILM_WORDS["en"]["role_second"],
                "memory": FILM_WORDS["en"]["role_memory"],
                "step": FILM_WORDS["en"]["role_step"],
                "kinked": "At a kink, where the gradient has no value, a subgradient was taken.",
                "kinked_of": (
                    "{labels}: at a kink, where the gradient has no value, a subgradient was taken."
                ),
                "run": "The first and the last steps of {title}",
                "step_number": "step",
                "effective": "effective step",
                "effective_on": "effective step on {symbol}",
                "step_over_gradient": "step / gradient",
                "direction": "direction",
                "loss": "loss",
                "skipped": "{count} steps are left out here; the CSV file has them all.",
                "listing": "The run of {title} as a NumPy program",
                "copy_button": "Copy",
                "copied": "Copied",
                "no_script": "The playground needs JavaScript. Everything else here works without.",
            }
        ),
        "zh": MappingProxyType(
            {
                "tag": "zh-Hans",
                "name": "中文",
                "comma": "、",
                "gap": "",
                "skip": "跳到正文",
                "lesson_of": "第 {number} 课，共 {count} 课",
                "languages": "语言",
                "contents": "本页内容",
                "theme": "切换浅色与深色",
                "previous": "上一课",
                "next": "下一课",
                "neighbors": "上一课与下一课",
                "note": "说明",
                "try": "动手试试",
                "warning": "当心",
                "answer": "答案",
                "details": "详情",
                "table": "表格",
                "task_done": "已完成",
                "task_open": "待完成",
                "footnotes": "脚注",
                "footnote": "脚注 {number}",
                "footnote_back": "返回脚注 {number} 的引用处",
                "film": "影片",
                "captions": "中文",
                "chapters": "章节",
                "transcript": "文字稿",
                "film_formula": "影片中目标函数的完整公式",
                "film_formula_of": "{title} 的完整公式",
                "downloads": "下载",
                "download_film": "影片（MP4）",
                "download_captions": "字幕（VTT）",
                "download_run": "轨迹数据（CSV）",
                "download_run_of": "轨迹数据（CSV）：{label}",
                "download_runs": "各次运行的轨迹数据（CSV）",
                "film_loading": "此服务器只能整段传送影片，正在载入整部影片……",
                "film_stuck": "此服务器只能整段传送影片，在这里无法跳转；可从下方下载。",
                "film_lost": "影片未能载入；可从下方下载。",
                "main_run": "主要运行",
                "shot_descent": "下降过程",
                "shot_anatomy": "逐步拆解",
                "shot_race": "比赛",
                "shot_sweep": "变动的参数",
                "protocol": "比赛规则与结果",
                "colon": "：",
                "number": "（{number}）",
                "protocol_terms": "所有方法都在 {objective} 上从 {start} 出发，各走 {steps}。",
                "protocol_starts": "所有方法都在 {objective} 上各走 {steps}，起点各不相同。",
                "protocol_order": "名次按最后一步之后的损失排定。",
                "protocol_goal": (
                    "目标是损失降到 {loss}，即比最低值只高出可降幅度的 {share}%。"
                    "名次按从哪一步起不再高于目标来排；未达标的，再按最终损失排在后面。"
                ),
                "protocol_search": (
                    "凡需调参者，试验次数相同：先试一组网格，再在当前最优值附近继续；"
                    "最优值若在网格边上，就越过边界往外试。"
                ),
                "from": "起点 {start}",
                "rank": "名次",
                "method": "方法",
                "settings": "设置",
                "chosen": "如何选定",
                "protocol_rate": "{rate} 是学习率。",
                "chosen_given": "直接给定",
                "chosen_default": "默认值",
                "chosen_best": "{name}：{count} 次试验中最好的",
                "chosen_at_end": "；{name} 落在试验范围的边缘",
                "all_trials": "全部试验",
                "trial_chart": "最终损失随 {setting} 的变化，共 {count} 次试验",
                "trial_goal": "第 {step} 步",
                "trial_broken": "未走完",
                "chart_key": (
                    "图的纵轴为最终损失高出最低值的部分。实心点达标，横线为目标；"
                    "圆圈为选用的值；上缘的叉表示超出刻度。列表为最终损失，以及从第几步起达标。"
                ),
                "chart_key_plain": "纵轴为最终损失。圆圈为选用的值；上缘的叉表示超出刻度。",
                "at_goal": "达标步",
                "trial_taken": "选用",
                "final_loss": "最终损失",
                "distance": "到极小值点的距离",
                "ended": "结局",
                "ended_converged": "已收敛",
                "ended_flat": "停在平缓处",
                "ended_finished": "损失下降",
                "ended_level": "损失未变",
                "ended_climbed": "损失反升",
                "ended_diverging": "发散",
                "ended_diverged": "第 {step} 步发散",
                "ended_undefined": "第 {step} 步中断",
                "no_video": "此浏览器无法播放影片，请下载观看：",
                "equations": "{title} 的更新公式",
                "equations_note": "{title} 的一步。所有运算都逐坐标进行。",
                "source": "出处",
                "as_text": "纯文本与 LaTeX",
                "point": "当前点",
                "gradient": "梯度",
                "first": FILM_WORDS["zh"]["role_first"],
                "second": FILM_WORDS["zh"]["role_second"],
                "memory": FILM_WORDS["zh"]["role_memory"],
                "step": FILM_WORDS["zh"]["role_step"],
                "kinked": "途中遇到不可导的点，那里没有梯度，取的是次梯度。",
                "kinked_of": "{labels}：途中遇到不可导的点，那里没有梯度，取的是次梯度。",
                "run": "{title} 的最初几步与最后几步",
                "step_number": "步",
                "effective": "有效步长",
                "effective_on": "{symbol} 的有效步长",
                "step_over_gradient": "步长 ÷ 梯度",
                "direction": "方向",
                "loss": "损失",
                "skipped": "此处略去 {count} 步，CSV 文件中有全部数据。",
                "listing": "{title} 这次运行的 NumPy 程序",
                "copy_button": "复制",
                "copied": "已复制",
                "no_script": "互动实验需要 JavaScript；本页其余内容不需要。",
            }
        ),
    }
)

LANGUAGES = tuple(WORDS)
