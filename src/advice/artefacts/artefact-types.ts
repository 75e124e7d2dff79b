import type { KeyType } from '../../base/keys.ts';
import type { AdviceOverlay } from '../../result/advice-hot.ts';
import type { Fact } from '../../result/finding.ts';
import type { RouterSpec } from '../../router/build-router.ts';
import type { KnownKeys, Router, RouterTopology } from '../../router/contract.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';
import type { RouterPlan } from './router-plan.ts';
import type { Vector } from './vectors.ts';

/** A strategy that was chosen, and what its files are made from. */
export interface ArtefactInput {
  readonly scenario: Scenario;
  readonly strategy: RouterSpec & Strategy;
  readonly shardCount: number;
  /** Values of the shard key today, with the load of each. */
  readonly known: KnownKeys;
  /** Type of the column that tells pieces of split keys apart; null where no key is split. */
  readonly splitType: KeyType | null;
  /** Where the tables lie under the shard key; null in the short form of one table. */
  readonly layout: Layout | null;
  /** What to lay over the router, if anything. */
  readonly overlay?: AdviceOverlay | null;
}

/** A file for whoever carries a recommendation out. */
export interface Artefact {
  /** Below the folder of all of them, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Whether it places keys as the recommendation does; those that place none are exact. */
  readonly placement: 'exact' | 'different';
  /** What it is, and what is to be known of it. */
  readonly note: Fact;
}

/** What every artefact of an input is made from. */
export interface Chosen extends ArtefactInput {
  readonly topology: RouterTopology;
  readonly router: Router;
  /** null where the key has several columns. */
  readonly plan: RouterPlan | null;
  readonly vectors: readonly Vector[];
  /** Lines that say which router it is, for heads of files. */
  readonly header: readonly string[];
}
