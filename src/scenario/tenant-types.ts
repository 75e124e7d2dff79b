import type { KeyType } from '../base/keys.ts';

export type TenantSource = {
  readonly idType: KeyType;
  /** How many of the tenants come during the measured window; absent: none. */
  readonly join?: number | undefined;
  /** How many of the others leave in it. */
  readonly leave?: number | undefined;
} & (
  | { readonly distribution: 'uniform'; readonly count: number }
  | { readonly distribution: 'zipf'; readonly exponent: number; readonly count: number }
  | { readonly distribution: 'pareto'; readonly shape: number; readonly count: number }
  | { readonly distribution: 'lognormal'; readonly sigma: number; readonly count: number }
  | {
      /** `hot` tenants share `hotFraction` of the load evenly, the others the rest. */
      readonly distribution: 'hotspot';
      readonly hotFraction: number;
      readonly hot: number;
      readonly count: number;
    }
  | {
      /** The largest ones by name, as it were, and the others by quantiles. */
      readonly distribution: 'listed';
      readonly count: number;
      /** Shares of the load, the largest first. */
      readonly top: readonly number[];
      /**
       * Of the others, in any unit, at equal steps from the smallest to the largest; null: all
       * alike.
       */
      readonly quantiles: readonly number[] | null;
      /** Shares of the bytes, of the same tenants as `top`; null: as their load. */
      readonly topBytes: readonly number[] | null;
      /** As `quantiles`; null: as their load. */
      readonly bytesQuantiles: readonly number[] | null;
    }
  | {
      readonly distribution: 'file';
      /** As written in the scenario, relative to the scenario's own folder. */
      readonly file: string;
      readonly idColumn: string;
      readonly weightColumn: string;
      /** null: rows follow the weights. */
      readonly bytesColumn: string | null;
    }
);
