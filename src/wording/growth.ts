import type { Sentences } from './sentence.ts';

export const growthSentences: Sentences = {};
