import type { Area } from '../../kit/console-area.ts';
import { closePage, closesPage, invoiceDetailsDownload } from './closes.pages.ts';

/** The closes of billing periods, with their proofs and files. */
export const closesArea: Area = {
  pages: [closesPage, closePage],
  downloads: [invoiceDetailsDownload],
};
