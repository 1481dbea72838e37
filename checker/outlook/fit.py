"""Ridge logistic regression with fixed offsets, by Newton's method: small, and exact enough for ten weights."""

from __future__ import annotations

from collections.abc import Sequence

from checker.outlook.model import sigmoid

Matrix = list[list[float]]


def fit(
    rows: Sequence[Sequence[float]], offsets: Sequence[float], truths: Sequence[bool], ridge: float
) -> tuple[list[float], Matrix]:
    """Weights that move `offsets` (log-odds of the base rate) towards `truths`, shrunk towards 0 with strength `ridge`,
    and their covariance (inverse of the penalised Hessian)."""
    size = len(rows[0])
    weights = [0.0] * size
    hessian: Matrix = []
    for _ in range(50):
        gradient = [-ridge * weight for weight in weights]
        hessian = [[ridge if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, offset, truth in zip(rows, offsets, truths, strict=True):
            probability = sigmoid(offset + sum(weight * x for weight, x in zip(weights, row, strict=True)))
            slope = probability * (1 - probability)
            for i in range(size):
                if row[i]:
                    gradient[i] += (truth - probability) * row[i]
                    for j in range(size):
                        hessian[i][j] += slope * row[i] * row[j]
        step = solve(hessian, gradient)
        longest = max(abs(change) for change in step)
        damp = min(1.0, 1.0 / longest) if longest else 1.0  # keeps early steps from overshooting
        weights = [weight + damp * change for weight, change in zip(weights, step, strict=True)]
        if longest < 1e-9:
            break
    return weights, inverse(hessian)


def solve(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    """Solution of matrix · x = vector, by Gaussian elimination with pivoting."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda index: abs(rows[index][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for index in range(size):
            if index != column and rows[index][column]:
                factor = rows[index][column] / rows[column][column]
                rows[index] = [a - factor * b for a, b in zip(rows[index], rows[column], strict=True)]
    return [rows[index][size] / rows[index][index] for index in range(size)]


def inverse(matrix: Matrix) -> Matrix:
    """Inverse of a symmetric positive definite matrix, column by column."""
    size = len(matrix)
    columns = [solve(matrix, [1.0 if i == j else 0.0 for i in range(size)]) for j in range(size)]
    return [[columns[j][i] for j in range(size)] for i in range(size)]
