import type { RoutedKeyType } from '../base/keys.ts';

/** Names that a scenario may use but that are registered elsewhere; commands pass them in. */
export interface ScenarioVocabulary {
  readonly routers: readonly RouterName[];
  /** Key hashes, the default one included. */
  readonly hashes: readonly string[];
}

export interface RouterName {
  readonly name: string;
  /** The number that may follow the name after a colon; null where there is none. */
  readonly parameter: {
    readonly name: string;
    readonly default: number;
    readonly min: number;
    readonly max: number;
  } | null;
  /** Whether it takes `hash` and `salt`. */
  readonly hashes: boolean;
  readonly keyTypes: readonly RoutedKeyType[];
}
