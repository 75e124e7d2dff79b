/** Monotonic time in nanoseconds since an origin of the clock's own. */
export interface Clock {
  nowNs(): number;
}
