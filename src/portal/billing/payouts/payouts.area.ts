import type { Area } from '../../kit/console-area.ts';
import { duePage, prepareForm, preparePage } from './due.pages.ts';
import { reconcilePage } from './reconcile.pages.ts';
import { importForm, mendFile, reportPage, resultsForm, resultsPage } from './results.pages.ts';
import { correctForm, correctPage, returnedPage } from './returned.pages.ts';
import {
  discardForm,
  discardPage,
  payoutFile,
  proposeForm,
  proposePage,
  runPage,
  writeForm,
  writePage,
} from './run.pages.ts';
import { runsPage } from './runs.pages.ts';

/** Money that goes out: what is due, the runs and files for the bank, and what the bank says of them. */
export const payoutsArea: Area = {
  pages: [
    duePage,
    preparePage,
    runsPage,
    runPage,
    proposePage,
    discardPage,
    writePage,
    returnedPage,
    correctPage,
    resultsPage,
    reportPage,
    reconcilePage,
  ],
  forms: [prepareForm, proposeForm, discardForm, writeForm, correctForm, resultsForm, importForm],
  downloads: [payoutFile, mendFile],
};
