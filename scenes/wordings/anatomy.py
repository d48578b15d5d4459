"""The words of the kind ``anatomy``."""

from __future__ import annotations

EN = {
    "anatomy_rule": "One step, line by line",
    "anatomy_measure": "Step {step}: the gradient along each axis",
    "anatomy_line": "Step {step}: line {line} of {lines} in numbers",
    "anatomy_role": "Step {step}: {what}, in numbers",
    "anatomy_corrected": "Step {step}: {what}, corrected",
    "anatomy_update": "Step {step}: the new point, in numbers",
    "anatomy_leap": "Step {step}: the resulting step",
    "anatomy_beside": "Step {step}: two steps compared",
    "anatomy_move": "Step {step}: the step is taken",
    "anatomy_quick": "The same lines, step after step",
    "anatomy_end": "After step {step}: loss {loss}, before it {first}.",
    "anatomy_coordinate": "axis {number}",
    "anatomy_chapter_rule": "The rule",
    "anatomy_chapter_steps": "Steps taken apart",
}

ZH = {
    "anatomy_rule": "一步之内，逐行来看",
    "anatomy_measure": "第 {step} 步：沿各坐标轴量出梯度",
    "anatomy_line": "第 {step} 步：代入数字，第 {line} 行，共 {lines} 行",
    "anatomy_role": "第 {step} 步：{what}，代入数字",
    "anatomy_corrected": "第 {step} 步：{what}（偏差修正）",
    "anatomy_update": "第 {step} 步：代入数字，算出新的位置",
    "anatomy_leap": "第 {step} 步：得到要走的一步",
    "anatomy_beside": "第 {step} 步：与另一种做法对比",
    "anatomy_move": "第 {step} 步：迈出这一步",
    "anatomy_quick": "同样的几行公式，一步接一步",
    "anatomy_end": "第 {step} 步之后，损失为 {loss}，此前为 {first}。",
    "anatomy_coordinate": "坐标 {number}",
    "anatomy_chapter_rule": "更新规则",
    "anatomy_chapter_steps": "逐步拆解",
}
