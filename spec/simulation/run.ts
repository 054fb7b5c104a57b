import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { LaunchRefusal, runEntryPoint } from '../../batch/launch/launch-refusal.ts';
import { ensurePrograms } from '../../batch/launch/packages.ts';
import { AnswerCounts } from './answer-counts.ts';
import { describeEvents, describeMismatch } from './describe.ts';
import type { History, SimEvent } from './history.ts';
import { planHistory } from './plan/plan-history.ts';
import { findPreset, presets } from './presets.ts';
import { nightsOf, runHistory, type Mismatch } from './run-history.ts';
import { shrink } from './shrink.ts';

const usage = `usage: npm run simulate -- [--seed N] [--seeds N] [--months N] [--preset NAME] [--companies N] [--lines N]
         [--events-per-day N] [--prove-every N] [--shrink-seconds N] [--history FILE]

Plays a world drawn from the seed on the real service and on its shadow, and compares them every night; with --seeds so many
worlds, each of the next seed. Figures are compared every night; the night proves them itself (invariants, seals) on every fifth
day of a month and the last one, unless --prove-every says otherwise.
--history plays one that was written down. Presets: ${presets.map(({ name }) => name).join(', ')}`;

const root = join(import.meta.dirname, '..', '..');
const options = {
  seed: { type: 'string', default: '1' },
  seeds: { type: 'string', default: '1' },
  months: { type: 'string', default: '24' },
  preset: { type: 'string' },
  companies: { type: 'string', default: '6' },
  lines: { type: 'string', default: '40' },
  'events-per-day': { type: 'string', default: '8' },
  'prove-every': { type: 'string', default: '5' },
  'shrink-seconds': { type: 'string', default: '300' },
  history: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<number> {
  const { values } = readArguments();
  if (values.help) return say(usage);
  ensurePrograms(['mariadbd']);
  if (values.history !== undefined) return await playHistory(await read(values.history), values);
  const first = wholeNumber('seed', values.seed);
  let differing = 0;
  for (let seed = first; seed < first + wholeNumber('seeds', values.seeds); seed += 1)
    differing += await playHistory(draw(values, seed), values);
  return Math.min(1, differing);
}

/** Returns 1 when service and shadow differ. */
async function playHistory(history: History, values: Values): Promise<number> {
  const nights = history.events.flatMap(nightsOf).length;
  say(`seed ${history.seed} (${history.preset}): ${history.events.length} events, ${nights} nights`);
  const startedMs = performance.now();
  const counts = new AnswerCounts();
  const onAnswer = (event: SimEvent, answers: readonly string[]) => counts.add(event, answers);
  const proves = provesOf(history, wholeNumber('prove-every', values['prove-every']));
  let deaths = 0;
  const onDeath = () => void (deaths += 1);
  const onNight = reportNight(nights, startedMs);
  const mismatch = await runHistory(history, { proves, onAnswer, onNight, onDeath });
  const seconds = (performance.now() - startedMs) / 1_000;
  for (const line of counts.describe()) say(line);
  say(`${deaths} processes died`);
  if (!mismatch) return say(`no difference; ${(nights / seconds).toFixed(1)} days a second`);
  await explain(history, mismatch, wholeNumber('shrink-seconds', values['shrink-seconds']));
  return 1;
}

/** A proof takes longer than the night that it is of. The last night always has one. */
function provesOf({ events }: History, every: number): (businessDate: string) => boolean {
  const last = events.flatMap(nightsOf).sort().at(-1);
  return (businessDate) => businessDate === last || Number(businessDate.slice(8)) % every === 0;
}

function readArguments() {
  try {
    return parseArgs({ options });
  } catch (error) {
    throw new LaunchRefusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

type Values = ReturnType<typeof readArguments>['values'];

function draw(values: Values, seed: number): History {
  const preset = findPreset(values.preset, seed);
  if (!preset) throw new LaunchRefusal(`there is no preset ${values.preset}\n${usage}`);
  const firstDay = Temporal.PlainDate.from(preset.startsOn);
  const months = wholeNumber('months', values.months);
  return planHistory({
    seed,
    preset,
    days: firstDay.until(firstDay.add({ months })).days,
    companies: wholeNumber('companies', values.companies),
    lines: wholeNumber('lines', values.lines),
    eventsPerDay: wholeNumber('events-per-day', values['events-per-day']),
  });
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new LaunchRefusal(`--${name} takes a whole number, not ${text}\n${usage}`);
}

async function read(path: string): Promise<History> {
  return JSON.parse(await readFile(path, 'utf8')) as History;
}

function reportNight(nights: number, startedMs: number): (businessDate: string) => void {
  let passed = 0;
  return (businessDate) => {
    passed += 1;
    if (passed % 50 !== 0) return;
    const perSecond = (passed * 1_000) / (performance.now() - startedMs);
    say(`${businessDate}: ${passed} of ${nights} nights, ${perSecond.toFixed(1)} days a second`);
  };
}

/** Prints the difference, and writes the smallest history that shows it to a file that can be played again. */
async function explain(history: History, mismatch: Mismatch, seconds: number): Promise<void> {
  for (const line of describeMismatch(history, mismatch)) say(line);
  say(`looking for the smallest history that shows it, for ${seconds} s at most`);
  const deadlineMs = performance.now() + seconds * 1_000;
  const shrunk = await shrink({ history, mismatch, play: runHistory, deadlineMs });
  const path = join(root, '.data', 'simulation', `seed-${history.seed}.json`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(shrunk.history, null, 2)}\n`);
  const { events } = shrunk.history;
  say(
    `${events.length} events after ${shrunk.tries} tries${shrunk.isMinimal ? ', none of them to spare' : ''}:`,
  );
  for (const line of describeEvents(shrunk.history)) say(line);
  for (const line of describeMismatch(shrunk.history, shrunk.mismatch)) say(line);
  say(`npm run simulate -- --history ${path}`);
}

function say(line: string): 0 {
  process.stdout.write(`${line}\n`);
  return 0;
}

await runEntryPoint(main);
