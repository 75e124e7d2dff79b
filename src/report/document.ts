import type { ChartGroup } from './charts/chart.ts';

/**
 * A report before it has a format: built once by the sections, written as HTML or as Markdown.
 * Texts are plain; the writers escape them.
 */
export interface ReportDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** Anchor within the page. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Whether it begins a new page on paper. */
  readonly startsPage?: boolean;
  /** Whether it is set small enough on paper to be one page with the head of the report. */
  readonly onePage?: boolean;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** What a reader who reads no more should know. */
  | { readonly kind: 'lead'; readonly sentences: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'verdicts'; readonly verdicts: readonly VerdictCard[] }
  | ({ readonly kind: 'table' } & Table)
  | { readonly kind: 'charts'; readonly group: ChartGroup }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'details'; readonly summary: string; readonly blocks: readonly Block[] };

/** Groups of charts in the order in which the report shows them. */
export function chartGroupsOf(document: ReportDocument): readonly ChartGroup[] {
  const groupsIn = (block: Block): readonly ChartGroup[] => {
    if (block.kind === 'charts') return [block.group];
    return block.kind === 'details' ? block.blocks.flatMap(groupsIn) : [];
  };
  return document.sections.flatMap(({ blocks }) => blocks.flatMap(groupsIn));
}

export interface Fact {
  readonly term: string;
  readonly text: string;
}

export type Tone = 'good' | 'doubtful' | 'bad' | 'plain';

export interface VerdictCard {
  readonly strategy: string;
  readonly word: string;
  readonly tone: Tone;
  /** The strategy in one sentence. */
  readonly sentence: string;
  /** Why the word stands there. */
  readonly reasons: readonly string[];
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first value of a row names it. */
  readonly rows: readonly (readonly Value[])[];
  /** Stands below. */
  readonly note: string | null;
}

export interface Column {
  readonly head: string;
  /** Columns with the same group stand under one heading; '' has none. */
  readonly group: string;
  readonly align: 'text' | 'number';
  /** What the column means, one sentence. */
  readonly meaning: string | null;
  /** The head is a name of the user's, however long; absent: words of ours. */
  readonly named?: true;
}

export interface Value {
  readonly text: string;
  /** Why nothing stands here, or what it means. */
  readonly why: string | null;
  readonly tone: Tone;
  /** Fraction from 0 to 1 to draw as a bar beside the text. */
  readonly bar: number | null;
  /** The row starts a new group (a strategy with its shards below). */
  readonly first: boolean;
}
