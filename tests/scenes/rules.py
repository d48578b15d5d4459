"""Update rules that take gradients elsewhere than at the point, for the tests of pictures."""

from types import MappingProxyType

from engine import Hyper, Optimizer, State


def rule(name, *lines, direction, state=(), roles=()):
    """An optimizer of these lines, with lr and mu as far as they occur."""
    return Optimizer(
        name=name,
        title="Own",
        formula="\n".join(lines),
        hyper=tuple(
            Hyper(each, value, 0, 1, 0.01)
            for each, value in (("lr", 0.05), ("mu", 0.5))
            if any(each in line for line in lines)
        ),
        state=tuple(State(each) for each in state),
        roles=roles,
        direction=direction,
    )


ELSEWHERE = MappingProxyType(
    {
        own.name: own
        for own in (
            rule(
                "textbook",
                *("y = x + mu*b", "h = grad(y)", "b = mu*b - lr*h", "x = x + b"),
                direction="b",
                state=("b",),
                roles=(("b", "first"),),
            ),
            rule(
                "inside",
                *("b = mu*b - lr*grad(x + mu*b)", "x = x + b"),
                direction="b",
                state=("b",),
                roles=(("b", "first"),),
            ),
            rule("extra", "y = x - lr*g", "x = x - lr*grad(y)", direction="g_tilde"),
            rule("sharp", "e = mu*sign(g)", "x = x - lr*grad(x + e)", direction="g_tilde"),
            rule("past", "d = grad(p)", "p = x", "x = x - lr*d", direction="d", state=("p",)),
            rule("late", "x = x - lr*b", "b = mu*b + grad(x)", direction="b", state=("b",)),
            rule(
                "scaled",
                *("s = s + grad(x + mu*b)**2", "b = mu*b - grad(x + mu*b)/sqrt(s)", "x = x + lr*b"),
                direction="b",
                state=("s", "b"),
                roles=(("s", "second"), ("b", "first")),
            ),
            rule("none", "d = sign(x)", "x = x - lr*d", direction="d"),
        )
    }
)
"""The look-ahead with a line of its own, inside a line, two gradients, one at a past point, one at
the new point, one that feeds a sum of squares, and none."""
