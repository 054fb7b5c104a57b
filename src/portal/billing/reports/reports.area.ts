import type { Area } from '../../kit/console-area.ts';
import { reportCsv } from './reports.downloads.ts';
import { reportsPage } from './reports.pages.ts';

/** Pages of reports. */
export const reportsArea: Area = { pages: [reportsPage], downloads: [reportCsv] };
