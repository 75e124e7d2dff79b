import type { KeyType } from '../base/keys.ts';
import type { HotPathRequest } from '../router/hot-path-entry.ts';

/** What a timing process is started with, as JSON in its first argument. */
export interface TimingJob {
  /** URL of `router/hot-path-entry` of the tree that is timed. */
  readonly entry: string;
  readonly request: HotPathRequest;
  /** URL of the user's own router in that tree; null for one of the registry. */
  readonly file: string | null;
}

/** The first line that it answers. */
export interface ReadyReply {
  readonly keyType: KeyType;
  readonly hash: string | null;
  /** Of the shards of all keys. */
  readonly digest: number;
  /** What a route took, once. */
  readonly ns: number;
}

/** Lines with how many keys to route come in here, answers go out there: a router may print. */
export const commandDescriptor = 0;
export const replyDescriptor = 3;
