import { Allowance } from '../../host/live/allowance.ts';
import { LiveServer } from '../../host/live/live-server.ts';
import { LiveDrawings } from '../../report/live/live-drawings.ts';
import type { LiveEvent } from '../../report/live/live-events.ts';
import { livePage, type WatchedRun } from '../../report/live/live-page.ts';
import { runningParts, settledParts } from '../../report/live/live-parts.ts';
import { LiveState } from '../../report/live/live-state.ts';
import type { EndRequest } from './live-messages.ts';

const frameMs = 1000;
/**
 * Charts may take this share of a core, and so much at once where little was drawn before. On a
 * machine that is slow or crowded they come less often than each second; the rest of the page is
 * text.
 */
const drawingShare = 0.005;
const drawingBurstMs = 100;
/** So long the end of a run waits for browsers that do not read. */
const patienceMs = 3000;

/** The page of a running cell: draws it once a second while somebody watches, and only then. */
export class LiveThread {
  private readonly run: WatchedRun;
  private readonly state = new LiveState();
  private readonly drawings: LiveDrawings;
  private readonly server: LiveServer;
  private readonly timer: NodeJS.Timeout;
  private readonly allowance: Allowance;
  private readonly usedAtStartMs = cpuMs();
  private framedAtMs = -Infinity;
  /** What the charts were last drawn of. */
  private drawn: unknown = null;
  private settled = -1;

  static async start(run: WatchedRun, port: number): Promise<LiveThread> {
    let thread: LiveThread | null = null;
    const server = await LiveServer.listen(port, {
      page: (nonce) => livePage(run, nonce),
      joined: () => thread?.joined(),
    });
    // Before anything is measured: to load what draws takes longer than all that it will draw.
    thread = new LiveThread(run, server, await LiveDrawings.prepare());
    return thread;
  }

  private constructor(run: WatchedRun, server: LiveServer, drawings: LiveDrawings) {
    this.run = run;
    this.server = server;
    this.drawings = drawings;
    this.allowance = new Allowance(drawingShare, drawingBurstMs, performance.now());
    this.timer = setInterval(() => this.joined(), frameMs);
  }

  get url(): string {
    return this.server.url;
  }

  take(event: LiveEvent): void {
    this.state.take(event, performance.now());
  }

  /** Tells who watches that the run has ended; CPU time in ms that all of it has used. */
  async end({ report, said }: EndRequest): Promise<number> {
    clearInterval(this.timer);
    const used = cpuMs() - this.usedAtStartMs;
    await this.server.close('ended', { report, said }, patienceMs);
    return used;
  }

  private joined(): void {
    const nowMs = performance.now();
    if (this.server.clients.count === 0 || nowMs - this.framedAtMs < frameMs / 2) return;
    this.framedAtMs = nowMs;
    void this.frame(nowMs);
  }

  private async frame(nowMs: number): Promise<void> {
    const { state, server, drawings } = this;
    server.clients.update(runningParts(state, this.run.cells, nowMs));
    if (this.settled !== state.settled) server.clients.update(settledParts(state));
    this.settled = state.settled;
    const subject = state.course.last ?? state.phase ?? state;
    if (subject === this.drawn || !this.allowance.affords(nowMs)) return;
    this.drawn = subject;
    const before = cpuMs();
    server.clients.update({ charts: await drawings.html(state) });
    this.allowance.spend(cpuMs() - before);
  }
}

/** CPU time of this thread. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
