import type { DemoCompany } from './demo-company.ts';
import type { Draft } from './draft.ts';
import type { PlannedLine, PlannedUsage } from './world-plan.ts';

/** Prices move by as much at a time, so that no single charge carries the whole difference. */
const STEP_MINOR = 10;
/** How far above its average a company may lie that is not to meet it to the yen. */
const SPREAD_STEPS = 2;

/**
 * Adjusts the prices of usage charges until every company has the average per line of its example: billed
 * total over distinct lines of the month's billing periods, everything included that will be captured.
 */
export function balanceAverages(draft: Draft): void {
  for (const company of draft.companies) {
    if (company.averageMinor === undefined) continue;
    const random = draft.random(`balance:${company.code}`);
    const sales = listBilled(draft, company);
    if (sales.length === 0) continue;
    const lineCount = new Set(sales.map(({ line }) => line)).size;
    const above = company.isExact ? 0 : random.between(0, lineCount * SPREAD_STEPS) * STEP_MINOR;
    const targetMinor = company.averageMinor * lineCount + above;
    const totalMinor = sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const usages = random.shuffle(sales.flatMap(({ usage }) => (usage && !usage.isFixed ? [usage] : [])));
    const leftMinor = spread(draft, { usages, company, differenceMinor: targetMinor - totalMinor });
    if (leftMinor !== 0 && company.isExact) {
      throw new Error(`${company.code} cannot be brought to its average: ${leftMinor} yen are left`);
    }
  }
}

/** What a company will have billed in the month's periods. */
function listBilled(draft: Draft, company: DemoCompany) {
  const billed: { line: PlannedLine; amountMinor: number; usage?: PlannedUsage }[] = [];
  const add = (line: PlannedLine, at: number, amountMinor: number, usage?: PlannedUsage) => {
    if (draft.calendar.period(at, line.closingGroup) !== draft.calendar.month) return;
    billed.push({ line, amountMinor, ...(usage && { usage }) });
  };
  for (const usage of draft.usages) {
    if (usage.company !== company || usage.isRefused) continue;
    add(usage.subscriber.line, usage.at, usage.amountMinor, usage);
  }
  for (const { at, amountMinor, ...sale } of draft.monthlies) {
    if (sale.company === company) add(sale.subscriber.line, at, amountMinor);
  }
  for (const { at, amountMinor, ending, ...sale } of draft.checkouts) {
    if (sale.company !== company) continue;
    if (ending.kind === 'captured') add(sale.subscriber.line, at, amountMinor);
    if (ending.kind === 'captured-later') add(sale.subscriber.line, ending.at, ending.amountMinor);
  }
  return billed;
}

interface Difference {
  readonly usages: readonly PlannedUsage[];
  readonly company: DemoCompany;
  readonly differenceMinor: number;
}

/** Spreads a difference over the charges, step by step; returns what found no place. */
function spread(draft: Draft, { usages, company, differenceMinor }: Difference): number {
  let leftMinor = differenceMinor;
  for (let moved = true; moved && leftMinor !== 0;) {
    moved = false;
    for (const usage of usages) {
      if (leftMinor === 0) break;
      const stepMinor = Math.sign(leftMinor) * Math.min(STEP_MINOR, Math.abs(leftMinor));
      if (usage.amountMinor + stepMinor < company.lowestPriceMinor) continue;
      if (!draft.trySpend(usage.subscriber.line, usage.at, stepMinor)) continue;
      usage.amountMinor += stepMinor;
      leftMinor -= stepMinor;
      moved = true;
    }
  }
  return leftMinor;
}
