/** What a simulation shows at one load. */
export interface ResponseAt {
  /** Of all operations; null: too few, or the fullest shard gets more work than it does. */
  readonly p99Ms: number | null;
  /** Work of the shard that has most of it, as a share of what it can do in that time. */
  readonly usedFraction: number;
}

/** Response times in virtual time, of a candidate as it is placed, without another salt. */
export interface SimulatedTimes {
  /** That each of the two loads had, about. */
  readonly arrivals: number;
  /** At the load of today, and at twice that. */
  readonly now: ResponseAt;
  readonly twice: ResponseAt;
}

/** Of the candidates that were simulated, by `nameOf`, and of the present instance. */
export interface SimulatedTails {
  readonly candidates: ReadonlyMap<string, SimulatedTimes>;
  readonly instance: SimulatedTimes | null;
}

export const notSimulated: SimulatedTails = { candidates: new Map(), instance: null };

/** Longer than any: nobody waits for a shard whose queue grows for ever. */
export function p99By({ candidates }: SimulatedTails): ReadonlyMap<string, number> {
  const known = [...candidates].flatMap(([name, { now }]): [string, number][] => {
    if (now.usedFraction >= 1) return [[name, Infinity]];
    return now.p99Ms === null ? [] : [[name, now.p99Ms]];
  });
  return new Map(known);
}

/** As documents have them. */
export function responsesOf(times: SimulatedTimes | null) {
  return {
    p99Ms: times?.now.p99Ms ?? null,
    p99MsAtTwice: times?.twice.p99Ms ?? null,
    simulated: times && {
      arrivals: times.arrivals,
      usedFraction: times.now.usedFraction,
      usedFractionAtTwice: times.twice.usedFraction,
    },
  };
}
