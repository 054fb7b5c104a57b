import { SingleBar } from 'cli-progress';
import { formatCount } from '../../src/shared/money.ts';
import type { DemoEvent, WorldPlan } from './plan/world-plan.ts';

/** Shows the progress of the world. */
export interface DemoProgress {
  advance(event: DemoEvent): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line for every tenth of the nights. */
export function watchDemo(plan: WorldPlan, output: NodeJS.WriteStream): DemoProgress {
  const nights = plan.events.filter(({ kind }) => kind === 'night').length;
  const total = plan.chargeCount;
  return output.isTTY ? barProgress({ nights, total, output }) : plainProgress({ nights, total, output });
}

interface Watched {
  readonly nights: number;
  /** Charges planned, including the monthly ones, which the nights make. */
  readonly total: number;
  readonly output: NodeJS.WriteStream;
}

function barProgress({ nights, total, output }: Watched): DemoProgress {
  const format = 'selling [{bar}] {percentage}% | {date} | {sales} sales | {eta_formatted} left';
  const bar = new SingleBar({ stream: output, format, hideCursor: true, clearOnComplete: true });
  let [sold, night] = [0, 0];
  bar.start(total + nights, 0, { date: '', sales: '0' });
  return {
    advance: (event) => {
      sold += salesOf(event);
      if (event.kind !== 'night') return bar.update(sold + night, { sales: formatCount(sold) });
      night += 1;
      return bar.update(sold + night, { date: event.businessDate });
    },
    stop: () => bar.stop(),
  };
}

function plainProgress({ nights, output }: Watched): DemoProgress {
  const every = Math.ceil(nights / 10);
  let [sold, night] = [0, 0];
  return {
    advance: (event) => {
      sold += salesOf(event);
      if (event.kind !== 'night') return;
      night += 1;
      if (night % every !== 0 && night !== nights) return;
      output.write(`  night ${night} of ${nights} (${event.businessDate}): ${formatCount(sold)} sales\n`);
    },
    stop: () => {},
  };
}

function salesOf(event: DemoEvent): number {
  if (event.kind === 'usage-batch' || event.kind === 'usage-file') return event.usages.length;
  return event.kind === 'usage' || event.kind === 'checkout' ? 1 : 0;
}
