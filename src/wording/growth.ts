import { growthAdvice } from './growth-advice.ts';
import { growthCapacity } from './growth-capacity.ts';
import { growthFindings } from './growth-findings.ts';
import { growthMoves } from './growth-moves.ts';
import { growthRemedies } from './growth-remedies.ts';
import { growthVerdicts } from './growth-verdicts.ts';
import { allSentences, type Sentences } from './sentence.ts';

/** What `grow` finds. */
export const growthSentences: Sentences = allSentences([
  growthFindings,
  growthCapacity,
  growthVerdicts,
  growthAdvice,
  growthMoves,
  growthRemedies,
]);
