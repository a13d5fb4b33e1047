Feature: MNIST
  At its own settings the network learns to read digits that it has never seen.

  @mnist-1 @leaderboard @by-chance @slow
  Scenario: MNIST is learnt
    Logistic regression, without any hidden layer, knows 90 % after so many images; chance is 10 %.
    Given a network
    And 4000 images of MNIST to learn from and 1000 others
    When the network learns until it knows 80 % of the others, or its time is up
    Then it knows 80 % of them
