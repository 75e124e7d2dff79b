import { histogramOf } from '../base/histogram.ts';
import { present } from '../base/assert.ts';
import {
  type TenantClassName,
  tenantClassNames,
  type TenantClassResult,
} from '../result/tenant-class.ts';
import type { TenantClassSamples } from './cell-samples.ts';
import { timedMs } from './percentiles.ts';
import { type Timed, timed, timedSamples } from './timed.ts';

/** Who is in which class of tenants, in one cell. */
export interface TenantClasses {
  /** Of each tenant, its place among the names of classes. */
  readonly classOf: Uint8Array;
  /** Shards on which the largest has rows, ascending. */
  readonly largestOn: readonly number[];
}

export const classPlace = (name: TenantClassName): number => tenantClassNames.indexOf(name);

/** A histogram for each class: how many tenants there are makes no difference. */
export class ClassRecorder {
  readonly byClass: readonly Timed[];
  private readonly classes: TenantClasses;

  constructor(classes: TenantClasses) {
    this.classes = classes;
    this.byClass = tenantClassNames.map(timed);
  }

  /** Place of a tenant's class. */
  of(tenant: number): number {
    return this.classes.classOf[tenant] ?? 0;
  }

  succeeded(tenant: number, responseNs: number): void {
    present(this.byClass[this.of(tenant)], 'class').ok.record(responseNs);
  }

  failed(tenant: number): void {
    present(this.byClass[this.of(tenant)], 'class').failures += 1;
  }

  samples(): TenantClassSamples {
    const { classOf, largestOn } = this.classes;
    const tenants = tenantClassNames.map(() => 0);
    for (const place of classOf) tenants[place] = (tenants[place] ?? 0) + 1;
    return { tenants, largestOn, responses: this.byClass.map(timedSamples) };
  }
}

/** Of the classes that have tenants. */
export function tenantClassResults({
  tenants,
  largestOn,
  responses,
}: TenantClassSamples): TenantClassResult[] {
  return tenantClassNames.flatMap((name, place) => {
    const response = responses[place] ?? timedSamples(timed());
    const own = tenants[place] ?? 0;
    if (own === 0) return [];
    const ok = histogramOf(response.ok).count;
    const result = {
      class: name,
      tenants: own,
      arrivals: ok + response.failures,
      ok,
      responseMs: timedMs(response),
    };
    return [name === 'largest' ? { ...result, shards: [...largestOn] } : result];
  });
}
