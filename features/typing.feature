Feature: Typing
  The types say what goes in and what comes out. mypy reads them and finds mistakes before the code runs.

  @typing-1 @source @types
  Scenario: Every function has its types, and they hold
    What NumPy's own types do not know is no mistake: e / e.sum(), or float32 / 255.

    Then mypy finds no missing and no wrong type in the module

  @typing-2 @source @types
  Scenario: The module is what the contract takes
    Then the module satisfies the protocols of the contract

  @typing-3 @source
  Scenario: Nothing is kept from mypy
    Then no source file keeps mypy from looking
