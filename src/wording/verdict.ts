import type { Sentences } from './sentence.ts';

export const verdictSentences: Sentences = {};
