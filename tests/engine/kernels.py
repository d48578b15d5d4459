"""The six update rules once more, by hand in scalar Python, to check the formulas against."""

from math import sqrt


def sgd(grad, x, steps, lr):
    for _ in range(steps):
        x = [xi - lr * gi for xi, gi in zip(x, grad(x), strict=True)]
        yield x


def momentum(grad, x, steps, lr, momentum):
    velocity = [0.0, 0.0]
    for _ in range(steps):
        velocity = [momentum * b + g for b, g in zip(velocity, grad(x), strict=True)]
        x = [xi - lr * b for xi, b in zip(x, velocity, strict=True)]
        yield x


def adagrad(grad, x, steps, lr, eps):
    x, total = list(x), [0.0, 0.0]
    for _ in range(steps):
        for i, g in enumerate(grad(x)):
            total[i] += g * g
            x[i] -= lr * g / sqrt(total[i] + eps)
        yield list(x)


def rmsprop(grad, x, steps, lr, gamma, eps):
    x, mean = list(x), [0.0, 0.0]
    for _ in range(steps):
        for i, g in enumerate(grad(x)):
            mean[i] += (1 - gamma) * (g * g - mean[i])
            x[i] -= lr * g / sqrt(mean[i] + eps)
        yield list(x)


def adadelta(grad, x, steps, lr, rho, eps):
    x, squares, moves = list(x), [0.0, 0.0], [0.0, 0.0]
    for _ in range(steps):
        for i, g in enumerate(grad(x)):
            squares[i] = rho * squares[i] + (1 - rho) * g * g
            move = g * sqrt((moves[i] + eps) / (squares[i] + eps))
            moves[i] = rho * moves[i] + (1 - rho) * move * move
            x[i] -= lr * move
        yield list(x)


def adam(grad, x, steps, lr, beta1, beta2, eps):
    x, mean, square = list(x), [0.0, 0.0], [0.0, 0.0]
    kept1 = kept2 = 1.0
    for _ in range(steps):
        kept1, kept2 = kept1 * beta1, kept2 * beta2
        for i, g in enumerate(grad(x)):
            mean[i] = beta1 * mean[i] + (1 - beta1) * g
            square[i] = beta2 * square[i] + (1 - beta2) * g * g
            x[i] -= lr * (mean[i] / (1 - kept1)) / (sqrt(square[i] / (1 - kept2)) + eps)
        yield list(x)


KERNELS = {kernel.__name__: kernel for kernel in (sgd, momentum, adagrad, rmsprop, adadelta, adam)}
