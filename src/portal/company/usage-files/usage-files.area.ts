import type { Area } from '../../kit/console-area.ts';
import { usageFileForm } from './usage-files.forms.ts';
import { usageFileCsv } from './usage-files.downloads.ts';
import { usageFilePage, usageFilesPage } from './usage-files.pages.ts';

/** Usage files: what was sent, how far it is, and its result. */
export const usageFilesArea: Area = {
  pages: [usageFilesPage, usageFilePage],
  forms: [usageFileForm],
  downloads: [usageFileCsv],
};
