"""待编写的网络：784 个输入，两个 sigmoid 层，十个 softmax 输出，单样本随机梯度下降。

从上到下填空；每个阶段都可以在开始下一个之前单独检查。只需要 NumPy 和标准库。
向量是一维的，一层就是 `W @ a`，没有偏置。
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # 任何浮点 dtype：float32 和 float64 都可以


def preprocess(images: Any, labels: Any) -> tuple[Array, Array]:
    """把图像和标签转换成网络的输入（preprocessing 阶段）。

    images：n 张灰度图，(n, 28, 28) 或 (n, 784)，取值 0 到 255。labels：n 个数字，整数或文本 '0' 到 '9'。
    返回 x (n, 784) float32，取值在 [0, 1]；y (n, 10) float32，独热编码。不改动参数。
    """
    raise NotImplementedError("把图像展平并缩放，把标签变成十列的独热编码")


class DeepNeuralNetwork:
    """四层，各层的神经元数由 `sizes` 给出，例如 [784, 128, 64, 10]。"""

    def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        """这里不用写什么，除非你想要自己的属性。"""
        self.sizes = sizes
        self.epochs = epochs
        self.l_rate = l_rate
        self.params: dict[str, Array] = self.initialization()

    def sigmoid(self, x: Any, derivative: bool = False) -> Array:
        """对 x 的每个元素计算 1 / (1 + e^-x)，或它在 x 处的导数（activations 阶段）。

        保持 x 的形状。x = -1000 和 x = 1000 时也没有警告。
        """
        raise NotImplementedError("sigmoid；`derivative` 为真时是它的导数；注意溢出")

    def softmax(self, x: Any) -> Array:
        """对向量 x (n,) 计算 e^x / sum(e^x)：全为正，和为 1（activations 阶段）。"""
        raise NotImplementedError("softmax；x 整体平移不改变结果，只影响溢出")

    def initialization(self) -> dict[str, Array]:
        """新的随机权重（initialization 阶段）。

        W1 (sizes[1], sizes[0])、W2 (sizes[2], sizes[1])、W3 (sizes[3], sizes[2])：正态分布，均值 0，
        标准差 sqrt(1 / 行数)。
        """
        return {}  # 三个矩阵，键为 W1、W2、W3；写好之前可以创建网络，但它没有权重

    def forward_pass(self, x_train: Any) -> Array:
        """一个样本 x_train (sizes[0],) 的各类别概率 (sizes[3],)（forward 阶段）。

        从 `params` 读取权重，并保存 backward_pass 要用的中间结果。
        """
        raise NotImplementedError("三层：sigmoid、sigmoid、softmax")

    def backward_pass(self, y_train: Any, output: Any) -> dict[str, Array]:
        """交叉熵对 W1、W2、W3 的梯度，形状与各自的矩阵相同（backward 阶段）。

        针对最近一次前向传播，其结果为 `output` (sizes[3],)；y_train (sizes[3],) 是独热编码。
        """
        raise NotImplementedError("从最后一层到第一层：先求 Z 处的误差，再求 W 的梯度")

    def update_network_parameters(self, changes_to_w: dict[str, Array]) -> None:
        """对每个权重矩阵做一步梯度下降（update 阶段）。"""
        raise NotImplementedError("W - l_rate * change，对 W1、W2、W3 各做一次")

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        """样本 x_val (n, sizes[0]) 中预测类别与 y_val (n, sizes[3]) 一致的比例（training 阶段）。

        从 0.0 到 1.0。
        """
        raise NotImplementedError("概率最大的类别等于标签的比例")

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        """在 x_train (n, sizes[0])、y_train (n, sizes[3]) 上训练 `epochs` 轮（training 阶段）。

        对每个样本依次做前向传播、反向传播和更新。x_val、y_val 只用来在每轮之后打印准确率。
        """
        raise NotImplementedError("每一轮、每个样本：前向、反向、更新")
