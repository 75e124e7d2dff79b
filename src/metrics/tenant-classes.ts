import { histogramOf } from '../base/histogram.ts';
import { present } from '../base/assert.ts';
import {
  type TenantClassName,
  tenantClassNames,
  type TenantClassResult,
} from '../result/tenant-class.ts';
import type { TenantClassSamples } from './cell-samples.ts';
import { timedMs } from './percentiles.ts';
import { mergeTimed, type Timed, timed, timedSamples } from './timed.ts';

/** Who is in which class of tenants, in one cell. */
export interface TenantClasses {
  /** Of each tenant, its place among the names of classes. */
  readonly classOf: Uint8Array;
  /** Shards on which the largest has rows, ascending. */
  readonly largestOn: readonly number[];
}

export const classPlace = (name: TenantClassName): number => tenantClassNames.indexOf(name);

/**
 * Two histograms for each class, for operations on one shard and on several: how many tenants there
 * are makes no difference.
 */
export class ClassRecorder {
  readonly onOne: readonly Timed[] = tenantClassNames.map(timed);
  readonly onSeveral: readonly Timed[] = tenantClassNames.map(timed);
  private readonly classes: TenantClasses;

  constructor(classes: TenantClasses) {
    this.classes = classes;
  }

  /** Place of a tenant's class. */
  of(tenant: number): number {
    return this.classes.classOf[tenant] ?? 0;
  }

  /** What an operation of a class on so many shards is counted in. */
  timed(place: number, fanOut: number): Timed {
    return present((fanOut === 1 ? this.onOne : this.onSeveral)[place], 'class');
  }

  succeeded(tenant: number, fanOut: number, responseNs: number): void {
    this.timed(this.of(tenant), fanOut).ok.record(responseNs);
  }

  failed(tenant: number, fanOut: number): void {
    this.timed(this.of(tenant), fanOut).failures += 1;
  }

  samples(): TenantClassSamples {
    const { classOf, largestOn } = this.classes;
    const tenants = tenantClassNames.map(() => 0);
    for (const place of classOf) tenants[place] = (tenants[place] ?? 0) + 1;
    const onOne = this.onOne.map(timedSamples);
    return { tenants, largestOn, onOne, onSeveral: this.onSeveral.map(timedSamples) };
  }
}

/** Of the classes that have tenants. */
export function tenantClassResults(samples: TenantClassSamples): TenantClassResult[] {
  return tenantClassNames.flatMap((name, place) => {
    const tenants = samples.tenants[place] ?? 0;
    const single = samples.onOne[place];
    const several = samples.onSeveral[place];
    if (tenants === 0 || !single || !several) return [];
    const response = mergeTimed(single, several);
    const ok = histogramOf(response.ok).count;
    const result = {
      class: name,
      tenants,
      arrivals: ok + response.failures,
      ok,
      responseMs: timedMs(response),
      singleShardMs: timedMs(single),
    };
    return [name === 'largest' ? { ...result, shards: [...samples.largestOn] } : result];
  });
}
