/** A stage of long work, which goes on at the pace that its estimate promises. */
export class PacedStage {
  readonly text: string;
  private readonly fractionAtStart: number;
  private readonly leftAtStartMs: number;
  private readonly startedAtMs: number;

  /** `fraction` of the whole work is done when the stage begins, `leftMs` remain. */
  constructor(text: string, fraction: number, leftMs: number, startedAtMs: number) {
    this.text = text;
    this.fractionAtStart = fraction;
    this.leftAtStartMs = leftMs;
    this.startedAtMs = startedAtMs;
  }

  /** At most 0.999 once it has gone on: only the end of the work is all of it. */
  fraction(nowMs: number): number {
    const pace = this.leftAtStartMs > 0 ? (1 - this.fractionAtStart) / this.leftAtStartMs : 0;
    const passed = (nowMs - this.startedAtMs) * pace;
    return passed === 0 ? this.fractionAtStart : Math.min(0.999, this.fractionAtStart + passed);
  }

  leftMs(nowMs: number): number {
    return Math.max(0, this.leftAtStartMs - (nowMs - this.startedAtMs));
  }
}
