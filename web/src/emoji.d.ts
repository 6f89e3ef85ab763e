/** Made by web/emoji.ts when the web is built: each emoji with its name and more words by which it is found. */
declare module 'virtual:emoji/*' {
  const rows: Array<[emoji: string, name: string, words: string]>;
  export default rows;
}
