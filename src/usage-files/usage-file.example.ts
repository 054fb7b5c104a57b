import { exampleIds } from '../api/example-ids.ts';
import type { PresentedUsageFile } from './usage-file.presenter.ts';

/** A file that has just arrived. */
export const usageFile: PresentedUsageFile = {
  id: exampleIds['usage-file'],
  state: 'received',
  partial: false,
  filename: null,
  sha256: '7d1a54127b222502f5b79b5fb0803061152a44f92b37e23c6527baf665d4da9a',
  bytes: 48_127,
  rows: { total: null, read: 0, charged: 0, repeated: 0, refused: 0 },
  progress: 0,
  charged_amount: 0,
  refusal: null,
  refusal_detail: null,
  created_at: '2026-05-11T00:10:00.000Z',
  finished_at: null,
};

/** The same, charged. */
export const usageFileDone: PresentedUsageFile = {
  ...usageFile,
  state: 'done',
  rows: { total: 500, read: 500, charged: 498, repeated: 2, refused: 0 },
  progress: 100,
  charged_amount: 124_500,
  finished_at: '2026-05-11T00:10:03.000Z',
};
