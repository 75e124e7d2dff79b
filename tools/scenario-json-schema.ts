import { z } from 'zod';
import { anyScenarioInput } from '../src/scenario/input.ts';
import { hashField, routerField } from '../src/scenario/strategy-input.ts';
import type { ScenarioVocabulary } from '../src/scenario/vocabulary.ts';

/**
 * JSON Schema (draft-07, which the YAML language server reads) of a scenario as users write it, for
 * completion in editors. It says less than parseScenario: nothing that concerns two parts.
 */
export function scenarioJsonSchema(
  vocabulary: Pick<ScenarioVocabulary, 'routers' | 'hashes'>,
): unknown {
  const routers = vocabulary.routers.map((router) => router.name);
  const numbered = vocabulary.routers.filter((router) => router.parameter !== null);
  const schema = z.toJSONSchema(anyScenarioInput, {
    target: 'draft-7',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === hashField) jsonSchema.enum = [...vocabulary.hashes];
      if (zodSchema !== routerField) return;
      delete jsonSchema.pattern;
      jsonSchema.anyOf = [
        { enum: routers },
        { pattern: `^(${numbered.map((router) => router.name).join('|')}):[0-9]+$` },
        // A file of the user's own.
        { pattern: '^\\.{0,2}/' },
      ];
    },
  });
  return { ...schema, title: 'shardlab scenario' };
}
