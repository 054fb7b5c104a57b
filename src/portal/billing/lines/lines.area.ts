import type { Area } from '../../kit/console-area.ts';
import { mendedRows } from './line-files.downloads.ts';
import { lineFileForm } from './line-files.forms.ts';
import { lineFilePage, lineFilesPage } from './line-files.pages.ts';
import { lineLimitForm, removeLimitForm } from './lines.forms.ts';
import { lineLimitPage, linePage, linesPage } from './lines.pages.ts';

/** Lines of the carrier: search, one line, and the files of the line master. */
export const linesArea: Area = {
  pages: [linesPage, lineFilesPage, lineFilePage, linePage, lineLimitPage],
  forms: [lineLimitForm, removeLimitForm, lineFileForm],
  downloads: [mendedRows],
};
