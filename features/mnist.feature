Feature: MNIST
  The whole network on real handwritten digits, split as the article has it: 85 % to learn from, 15 % to be tested on
  (test_size=0.15, random_state=42). nnkata measures the accuracy itself, from forward passes on images that the
  network has never been given. Where the numbers come from: docs/statistics.md. How much is
  learnt in an epoch depends on the article's step per sample.

  @mnist-1 @by-chance @slow
  Scenario: A new network knows nothing
    Given a network for MNIST
    When its accuracy is measured on images it has not seen
    Then the accuracy is below 50 %

  @mnist-2 @by-chance @slow @leaderboard @article-choice
  Scenario: After training it reads digits that it has never seen
    Given a network for MNIST
    When it is trained on MNIST, for up to 3 epochs
    Then its accuracy on images it has not seen is at least 80 %

  @mnist-3 @by-chance @slow
  Scenario: compute_accuracy tells the truth
    Given a network for MNIST
    When compute_accuracy is asked about images it has not seen
    Then it agrees with the accuracy that its forward passes give

  @mnist-4 @full-mnist @by-chance @slow @article-choice
  Scenario: With all of MNIST it gets better still
    Given a network for MNIST
    When it is trained on MNIST, for up to 1 epoch
    Then its accuracy on images it has not seen is at least 90 %
