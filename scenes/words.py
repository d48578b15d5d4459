"""The words on screen, one table a language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EN = {
    "start": "start",
    "end": "end",
    "minimum": "minimum",
    "gradient": "negative gradient",
    "step": "step",
    "step_magnified": "step ×{factor}",
    "effective": "effective step per coordinate",
    "effective_log": "effective step per coordinate (log scale)",
    "loss": "loss",
    "loss_log": "loss (log scale)",
    "counter": "step",
    "outside": "outside the picture",
    "now_start": "The run starts here.",
    "now_gradient": "Step {step}: the gradient at the point",
    "now_line": "Step {step}: line {line} of {lines} acts",
    "now_role": "Step {step}: {what}",
    "now_corrected": "Step {step}: {what}, corrected",
    "role_first": "gathered gradients",
    "role_second": "squared gradients",
    "role_memory": "squared steps",
    "role_step": "the step to take",
    "now_update": "Step {step}: the new point",
    "now_move": "Step {step}: the point moves",
    "now_run": "The same lines, step after step",
    "converged": "Converged: after {step} steps the gradient has vanished, loss {loss}.",
    "finished": "After {step} steps the loss has gone from {first} to {loss}.",
    "climbed": "No descent: in {step} steps the loss has climbed from {first} to {loss}.",
    "diverged": "Diverged at step {step}: the numbers grow without bound.",
    "undefined": "Stopped at step {step}: the loss or its gradient is undefined there.",
    "chapter_start": "The run and its settings",
    "chapter_explained": "The first steps, line by line",
    "chapter_run": "The descent",
    "chapter_end": "Where it ends",
}

ZH = {
    "start": "起点",
    "end": "终点",
    "minimum": "极小值点",
    "gradient": "负梯度",
    "step": "这一步",
    "step_magnified": "这一步 ×{factor}",
    "effective": "各坐标的有效步长",
    "effective_log": "各坐标的有效步长（对数刻度）",
    "loss": "损失",
    "loss_log": "损失（对数刻度）",
    "counter": "步数",
    "outside": "已在图外",
    "now_start": "从这里出发。",
    "now_gradient": "第 {step} 步：求当前点的梯度",
    "now_line": "第 {step} 步：执行第 {line} 行，共 {lines} 行",
    "now_role": "第 {step} 步：{what}",
    "now_corrected": "第 {step} 步：{what}（偏差修正）",
    "role_first": "累积的梯度",
    "role_second": "累积的梯度平方",
    "role_memory": "累积的步长平方",
    "role_step": "要走的一步",
    "now_update": "第 {step} 步：算出新的位置",
    "now_move": "第 {step} 步：移动到新位置",
    "now_run": "同样的几行公式，一步接一步",
    "converged": "已收敛：{step} 步之后梯度几乎为零，损失为 {loss}。",
    "finished": "{step} 步之后，损失从 {first} 变为 {loss}。",
    "climbed": "没有下降：{step} 步之内，损失从 {first} 升到了 {loss}。",
    "diverged": "第 {step} 步发散：数值无限增大。",
    "undefined": "停在第 {step} 步：此处的损失或梯度没有定义。",
    "chapter_start": "出发点与设置",
    "chapter_explained": "逐行看前几步",
    "chapter_run": "下降过程",
    "chapter_end": "最终结果",
}

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": MappingProxyType(EN), "zh": MappingProxyType(ZH)}
)
