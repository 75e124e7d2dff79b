/** An operation in the language of scenarios, before it is YAML. */
export interface WrittenOperation {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly weight: number;
  /** Lines of a comment, without `#`. */
  readonly comment: string;
  /** Absent: implicit. */
  readonly transaction?: 'implicit' | 'interactive' | 'none';
  /** By name, in YAML's flow style. */
  readonly draw: Readonly<Record<string, string>>;
  readonly statements: readonly WrittenStep[];
  /** What runs where the statements cannot; absent: nothing is known of a way round. */
  readonly instead?: readonly WrittenStep[];
  readonly expect?: readonly string[];
}

export type WrittenStep = string | RepeatedSteps;

/** Statements that run several times, one after another. */
export interface RepeatedSteps {
  /** A number, a range such as 2..5, or children as a map in YAML's flow style. */
  readonly repeat: string;
  readonly draw: Readonly<Record<string, string>>;
  readonly statements: readonly string[];
}
