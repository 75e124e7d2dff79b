import type { ExitCode } from '../../base/exit-codes.ts';
import type { LiveEvent } from '../../report/live/live-events.ts';
import type { WatchedRun } from '../../report/live/live-page.ts';

/** What the thread that serves the page is started with. */
export interface LiveThreadData {
  readonly run: WatchedRun;
  readonly port: number;
}

/** What it is told. */
export type LiveRequest = LiveEvent | EndRequest;

export interface EndRequest {
  readonly kind: 'end';
  /** The report as HTML; null where there is none. */
  readonly report: string | null;
  /** For who watches. */
  readonly said: string;
}

/** What it answers. */
export type LiveAnswer =
  | { readonly kind: 'listening'; readonly url: string }
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly exitCode: ExitCode;
      readonly hint: string | undefined;
    }
  /** CPU time that the thread has used since it listens, ms. */
  | { readonly kind: 'closed'; readonly cpuMs: number };
