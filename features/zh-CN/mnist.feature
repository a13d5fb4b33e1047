# language: zh-CN
功能: MNIST
  整个网络面对真正的手写数字，按文章的方式划分：85 % 用来学习，15 % 用来测试
  （test_size=0.15, random_state=42）。准确率由 nnkata 自己测量：在从未交给网络的图像上做前向传播。
  这些数字的由来见 docs/statistics.md。

  @mnist-1
  场景: 新网络什么也不知道
    假如一个用于 MNIST 的网络
    当在它没有见过的图像上测量准确率
    那么准确率低于 50 %

  @mnist-2
  场景: 训练之后，它能认出从未见过的数字
    假如一个用于 MNIST 的网络
    当用 MNIST 训练它，最多 3 轮
    那么它在没有见过的图像上的准确率不低于 80 %

  @mnist-3
  场景: compute_accuracy 说的是实话
    假如一个用于 MNIST 的网络
    当用没有见过的图像询问 compute_accuracy
    那么答案与由它的前向传播得到的准确率一致

  @mnist-4 @full-mnist
  场景: 有了整个 MNIST，结果更好
    假如一个用于 MNIST 的网络
    当用 MNIST 训练它，最多 1 轮
    那么它在没有见过的图像上的准确率不低于 90 %
