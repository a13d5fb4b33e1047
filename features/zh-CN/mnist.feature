# language: zh-CN
功能: MNIST 手写数字
  完整的网络面对真实的手写数字，按文章的方式划分：85% 用来训练，15% 用来测试（test_size=0.15, random_state=42）。
  准确率由 nnkata 自己测量：用网络从未见过的图像做前向传播。各数值的来历见 docs/statistics.md。
  一轮能学到多少，取决于文章选择的每个样本更新一步。

  @mnist-1 @by-chance @slow
  场景: 新建的网络什么都不会
    假如 一个用于 MNIST 的网络
    当 在它没见过的图像上测量准确率
    那么 准确率低于 50%

  @mnist-2 @by-chance @slow @leaderboard @article-choice
  场景: 训练之后，能识别从未见过的数字
    假如 一个用于 MNIST 的网络
    当 用 MNIST 训练它，最多 3 轮
    那么 它在没见过的图像上的准确率至少为 80%

  @mnist-3 @by-chance @slow
  场景: compute_accuracy 如实给出准确率
    假如 一个用于 MNIST 的网络
    当 用 compute_accuracy 计算它在没见过的图像上的准确率
    那么 结果与根据前向传播数出的准确率一致

  @mnist-4 @full-mnist @by-chance @slow @article-choice
  场景: 用完整的 MNIST 训练，成绩更好
    假如 一个用于 MNIST 的网络
    当 用 MNIST 训练它，最多 1 轮
    那么 它在没见过的图像上的准确率至少为 90%
