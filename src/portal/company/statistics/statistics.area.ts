import type { Area } from '../../kit/console-area.ts';
import { hoursCsv, statisticsCsv } from './statistics.downloads.ts';
import { hoursPage, statisticsPage } from './statistics.pages.ts';

/** Figures over time. */
export const statisticsArea: Area = {
  pages: [statisticsPage, hoursPage],
  downloads: [statisticsCsv, hoursCsv],
};
