/** The most common stolen passwords of 12 and more characters, in lower case and without spaces. */
const common = new Set(
  `
  000000000000 111111111111 121212121212 123123123123 123321123321 1234567890-= 123412341234 123456123456 1234567890ab
  1234567890qw 123456789012 1234567890123 123456789abc 123456789qwe 123456789asd 12345678900987654321 12345qwert12345
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 987654321012 abc123abc123 abcd12345678
  abcdefghijkl abcdefghijklm admin1234567 admin12345678 administrator administrator1 adminadminadmin asdfasdfasdf
  asdfghjkl123 asdfghjkl;'\\ changeme1234 changemenow1 correcthorsebatterystaple iloveyou1234 iloveyouforever
  letmein12345 letmeinletmein p@ssw0rd1234 password1234 password12345 password123456 password123! passw0rd1234
  passwordpassword paneldesk1234 paneldeskpaneldesk q1w2e3r4t5y6 qazwsxedcrfv qazwsx123456 qwe123qwe123 qweasdzxc123
  qweqweqweqwe qwer1234qwer qwerty123456 qwerty1234567 qwertyqwerty qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopas
  qwertyuiopasdfghjkl secret123456 support12345 support123456 trustno1trustno1 welcome12345 welcome123456
  zaq12wsxcde3 zxcvbnm12345 zxcvbnmasdfg йцукенгшщзхъ йцукен123456 пароль123456 парольпароль
  `
    .trim()
    .split(/\s+/),
);

/** Also true for one repeated character, and for the member's own address. */
export function isCommon(password: string, email: string): boolean {
  const plain = password.toLowerCase().replace(/\s/g, '');
  return common.has(plain) || new Set(plain).size < 4 || plain === email || plain === email.split('@')[0];
}
