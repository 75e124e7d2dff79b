import type { TemplateWork } from './template-works.ts';

/** Statements that run one after another, so often. */
export interface PlannedStep {
  readonly works: readonly TemplateWork[];
  readonly from: number;
  readonly to: number;
}

/** An operation to be written. */
export interface OperationPlan {
  readonly steps: readonly PlannedStep[];
  /** How often it ran. */
  readonly count: number;
  /** Calls of its statements, of all times that it ran. */
  readonly calls: number;
  readonly isTransaction: boolean;
}

export const planOf = (work: TemplateWork, calls: number): OperationPlan => ({
  steps: [{ works: [work], from: 1, to: 1 }],
  count: calls,
  calls,
  isTransaction: false,
});

export const worksIn = ({ steps }: OperationPlan): TemplateWork[] =>
  steps.flatMap(({ works }) => works);
