import type { ProblemCode } from '../../../shared/problem.ts';
import type { ProblemGuide } from './problem-guide.ts';

/** Guides of the problems of usage files. */
export const usageFileProblems = {
  'usage-file-not-finished': {
    titleJa: 'ファイルはまだ処理中です',
    when: {
      en: 'The result of a file is asked for while its rows are still being read, checked or charged. `state` says which.',
      ja: '明細の読み込み・確認・課金が終わる前に、結果を取得しようとしたときに返ります。状態は`state`で分かります。',
    },
    todo: {
      en: 'Read the file (`GET /v1/usage-files/{id}`) until its state is `done` or `refused`, then get the result.',
      ja: 'ファイル（`GET /v1/usage-files/{id}`）の状態が`done`または`refused`になってから、結果を取得してください。',
    },
  },
  'usage-file-not-found': {
    titleJa: '該当する利用明細ファイルがありません',
    when: {
      en: 'No usage file has this identifier, or it belongs to another company.',
      ja: 'その識別子の利用明細ファイルがないか、貴社のファイルではないときに返ります。',
    },
    todo: {
      en: 'Use the `id` (`uf_…`) exactly as you received it, or list your files.',
      ja: '受け取った`id`（`uf_…`）をそのまま使うか、一覧でご確認ください。',
    },
  },
  'usage-file-result-removed': {
    titleJa: 'このファイルの結果は保存期間を過ぎています',
    when: {
      en: 'The file finished more than 90 days ago. Its rows have been removed; its counts and its charges stay.',
      ja: '処理が終わってから90日を過ぎたときに返ります。行ごとの結果は削除済みですが、件数と課金はそのまま残ります。',
    },
    todo: {
      en: 'List your charges instead: each has the `reference` of its row.',
      ja: '課金の一覧をご利用ください。各課金には行の`reference`があります。',
    },
  },
} as const satisfies Partial<Record<ProblemCode, ProblemGuide>>;
