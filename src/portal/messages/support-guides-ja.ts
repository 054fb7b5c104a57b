/** Japanese texts of the guides for calls. */
export const supportGuidesJa = {
  'support.guides.nav': '応対の手引き',
  'support.guides.title': '応対の手引き',
  'support.guides.lead': 'よくあるお電話の、聞くこと・確かめること・お伝えすること。',
  'support.guides.none': '手引きはまだありません',
  'support.guides.none-text':
    '設定 SUPPORT_GUIDES_DIR のフォルダーに Markdown のファイルを置くと、ここに表示されます。',
} as const;
