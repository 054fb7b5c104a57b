import { supportGuidesEn } from './support-guides-en.ts';
import { supportCompaniesEn } from './support-companies-en.ts';
import { supportCasesEn } from './support-cases-en.ts';
import { supportActsEn } from './support-acts-en.ts';
import { supportChargesEn } from './support-charges-en.ts';
import { supportGuardsEn } from './support-guards-en.ts';
import { supportIdsEn } from './support-ids-en.ts';
import { supportLinesEn } from './support-lines-en.ts';
import { supportPartsEn } from './support-parts-en.ts';
import { supportTeamEn } from './support-team-en.ts';
import { supportSearchEn } from './support-search-en.ts';

/** English texts of the support desk: what all areas share, then those of each. */
export const supportEn = {
  'support.tagline': 'Support desk',
  'support.foot': 'For staff only.',
  'support.section.calls': 'Calls',
  'support.section.team': 'Team',
  ...supportSearchEn,
  ...supportTeamEn,
  ...supportCasesEn,
  ...supportCompaniesEn,
  ...supportLinesEn,
  ...supportGuidesEn,
  ...supportPartsEn,
  ...supportChargesEn,
  ...supportActsEn,
  ...supportIdsEn,
  ...supportGuardsEn,
} as const;
