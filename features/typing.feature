Feature: Typing
  The types say what goes in and what comes out. mypy reads them and finds mistakes before the code runs.

  @typing-1 @source @types
  Scenario: mypy --strict finds nothing
    Then mypy in strict mode finds no error in the module

  @typing-2 @source @types
  Scenario: The module is what the contract takes
    Then the module satisfies the protocols of the contract

  @typing-3 @source
  Scenario: No line is kept from mypy
    Then no source file holds a comment that keeps mypy from looking
