/** English texts of the guides for calls. */
export const supportGuidesEn = {
  'support.guides.nav': 'Guides',
  'support.guides.title': 'Guides for calls',
  'support.guides.lead': 'What to ask, what to check and what to say on the most usual calls.',
  'support.guides.none': 'No guides yet',
  'support.guides.none-text':
    'Put Markdown files into the folder that SUPPORT_GUIDES_DIR names, and they are listed here.',
} as const;
