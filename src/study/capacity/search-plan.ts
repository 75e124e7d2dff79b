import { searchLength } from '../../growth/capacity/search-length.ts';
import type { Scenario } from '../../scenario/types.ts';
import { duration, integer, short } from '../../wording/format.ts';
import { cellSpecs, cellTitle } from '../cells/cell-specs.ts';
import { type CapacityChoices, objectiveTexts } from './capacity-choices.ts';
import { searchTime } from './search-time.ts';

const fromWhere = {
  'command line': '',
  scenario: ' (limits of the scenario)',
  assumed: ' (assumed: choose your own with --objective)',
} as const;

/** What a search will do and how long it takes: a line for each. */
export function searchPlan(
  scenario: Scenario,
  choices: CapacityChoices,
  isMeasured: boolean,
): readonly string[] {
  const specs = cellSpecs(scenario);
  const { bounds, objectiveFrom } = choices;
  const { usual, most } = searchLength(bounds);
  const { usualMs, mostMs } = searchTime(scenario, specs, choices);
  const windows = `windows of ${duration(scenario.durationMs)}`;
  const [start, low, high] = [
    bounds.startPerSecond,
    bounds.lowestPerSecond,
    bounds.highestPerSecond,
  ].map((rate) => `${short(rate)}/s`);
  return [
    `objective   ${objectiveTexts(choices).join(' and ')}${fromWhere[objectiveFrom]}`,
    `strategies  ${specs.map((spec) => cellTitle(spec, specs)).join(', ')}`,
    `rates       from ${start} on, between ${low} and ${high}`,
    `steps       ${windows}, usually about ${integer(usual)} of each strategy, at most ${most}`,
    isMeasured
      ? `time        about ${duration(usualMs)}, at most about ${duration(mostMs)}`
      : 'time        in virtual time, as fast as this machine can',
  ];
}
