import { supportGuidesJa } from './support-guides-ja.ts';
import { supportCompaniesJa } from './support-companies-ja.ts';
import { supportCasesJa } from './support-cases-ja.ts';
import { supportActsJa } from './support-acts-ja.ts';
import { supportChargesJa } from './support-charges-ja.ts';
import { supportGuardsJa } from './support-guards-ja.ts';
import { supportIdsJa } from './support-ids-ja.ts';
import { supportLinesJa } from './support-lines-ja.ts';
import { supportPartsJa } from './support-parts-ja.ts';
import { supportTeamJa } from './support-team-ja.ts';
import { supportSearchJa } from './support-search-ja.ts';

/** Japanese texts of the support desk: what all areas share, then those of each. */
export const supportJa = {
  'support.tagline': 'サポート窓口',
  'support.foot': 'この画面は社内の担当者専用です。',
  'support.section.calls': '応対',
  'support.section.team': 'チーム',
  ...supportSearchJa,
  ...supportTeamJa,
  ...supportCasesJa,
  ...supportCompaniesJa,
  ...supportLinesJa,
  ...supportGuidesJa,
  ...supportPartsJa,
  ...supportChargesJa,
  ...supportActsJa,
  ...supportIdsJa,
  ...supportGuardsJa,
} as const;
