import { demoPersonWords } from './demo-sellers.ts';
import { CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import type { Random } from '../random.ts';
import type { DemoCalendar } from './demo-calendar.ts';
import type { PlannedHolder, PlannedLine } from './world-plan.ts';

/** Which line changes hands, and on which day of the month the new holder's tenure begins. */
const MOVER = 1;
export const MOVE_DAY = 16;

interface LineWishes {
  readonly count: number;
  readonly calendar: DemoCalendar;
  readonly random: Random;
}

/** The lines of the world, the six closing groups in turn, so that six lines have them all. */
export function planLines({ count, calendar, random }: LineWishes): PlannedLine[] {
  const taken = new Set<string>();
  const year = Number(calendar.month.slice(0, 4));
  return Array.from({ length: count }, (_, index) => {
    const line = {
      lineId: newLineId(taken, random),
      closingGroup: CLOSING_GROUPS[index % CLOSING_GROUPS.length]!,
      holder: planHolder(
        random,
        `${year - random.between(2, 12)}-${twoDigits(random.between(1, 12))}-01`,
        year,
      ),
    };
    if (index !== MOVER) return line;
    return { ...line, nextHolder: planHolder(random, `${calendar.month}-${MOVE_DAY}`, year) };
  });
}

/** Worlds of fewer lines have none to set aside. */
export const LINES_TO_SET_ASIDE = 30;

/** Whether a line, one of the last of each closing group, takes no part in ordinary sales: it has a case of its own. */
export function isSetAside(index: number, lineCount: number): boolean {
  return lineCount >= LINES_TO_SET_ASIDE && index >= lineCount - CLOSING_GROUPS.length;
}

export function isMover(line: PlannedLine): boolean {
  return line.nextHolder !== undefined;
}

/** Two kinds of line, as the carrier names them (domain.md section 2). */
function newLineId(taken: Set<string>, random: Random): string {
  for (;;) {
    const digits = String(random.below(10_000_000_000)).padStart(10, '0');
    const lineId = random.next() < 0.7 ? `CAF${digits}` : `COP${digits.slice(2)}`;
    if (!taken.has(lineId)) {
      taken.add(lineId);
      return lineId;
    }
  }
}

/** Adults only: younger holders may spend less than the demo sells. */
function planHolder(random: Random, validFrom: string, year: number): PlannedHolder {
  const { families, givens } = demoPersonWords;
  const holder = `${random.pick(families)} ${random.pick(givens)}`;
  const isBirthKnown = random.next() < 0.4;
  const birthDate = `${year - random.between(24, 80)}-${twoDigits(random.between(1, 12))}-${twoDigits(random.between(1, 28))}`;
  const email = `holder${random.between(10_000, 99_999)}@mail.example`;
  return { holder, validFrom, ...(isBirthKnown && { birthDate }), ...(random.next() < 0.3 && { email }) };
}

const twoDigits = (value: number) => String(value).padStart(2, '0');
