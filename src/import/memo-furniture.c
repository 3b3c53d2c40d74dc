#include "import/memo-furniture.h"

#include <string.h>
#include "base/memo-text.h"

/* The lists are data: a line's key is looked up in them. Add words as they are written; marks and case do not count. */

/* clang-format off */
static const char *const kinds[][2] = {
  { "analysis", "analysis" }, { "analyses", "analysis" }, { "commentary", "analysis" },
  { "policy brief", "analysis" }, { "brief", "analysis" }, { "report", "analysis" }, { "perspective", "analysis" },
  { "perspectives", "analysis" }, { "explainer", "analysis" }, { "expert commentary", "analysis" },
  { "special report", "analysis" }, { "in depth", "analysis" }, { "analiz", "analysis" },
  { "analizler", "analysis" }, { "değerlendirme", "analysis" }, { "perspektif", "analysis" },
  { "rapor", "analysis" }, { "politika notu", "analysis" }, { "dosya", "analysis" }, { "inceleme", "analysis" },
  { "аналитика", "analysis" }, { "анализ", "analysis" }, { "аналитическая записка", "analysis" },
  { "комментарий", "analysis" }, { "доклад", "analysis" }, { "обзор", "analysis" }, { "разбор", "analysis" },
  { "news", "news" }, { "breaking news", "news" }, { "press report", "news" }, { "world", "news" },
  { "politics", "news" }, { "latest news", "news" }, { "haber", "news" }, { "haberler", "news" },
  { "son dakika", "news" }, { "gündem", "news" }, { "dünya", "news" }, { "güncel", "news" }, { "новости", "news" },
  { "новость", "news" }, { "в мире", "news" }, { "последние новости", "news" }, { "репортаж", "news" },
  { "política", "news" }, { "noticias", "news" }, { "statement", "statement" }, { "press release", "statement" },
  { "press statement", "statement" }, { "joint statement", "statement" }, { "official statement", "statement" },
  { "communique", "statement" }, { "basın açıklaması", "statement" }, { "açıklama", "statement" },
  { "bildiri", "statement" }, { "ortak bildiri", "statement" }, { "basın bülteni", "statement" },
  { "duyuru", "statement" }, { "заявление", "statement" }, { "пресс-релиз", "statement" },
  { "совместное заявление", "statement" }, { "коммюнике", "statement" }, { "сообщение для сми", "statement" },
  { "document", "document" }, { "documents", "document" }, { "belge", "document" }, { "belgeler", "document" },
  { "документ", "document" }, { "документы", "document" }, { "opinion", "opinion" }, { "op-ed", "opinion" },
  { "editorial", "opinion" }, { "column", "opinion" }, { "views", "opinion" }, { "görüş", "opinion" },
  { "yorum", "opinion" }, { "köşe yazısı", "opinion" }, { "мнение", "opinion" }, { "мнения", "opinion" },
  { "колонка", "opinion" }, { "interview", "interview" }, { "q&a", "interview" }, { "röportaj", "interview" },
  { "söyleşi", "interview" }, { "mülakat", "interview" }, { "интервью", "interview" }, { "беседа", "interview" },
  { "research article", "academic" }, { "academic", "academic" }, { "journal article", "academic" },
  { "makale", "academic" }, { "akademik", "academic" }, { "araştırma makalesi", "academic" },
  { "научная статья", "academic" }, { "статья", "academic" }, { "исследование", "academic" },
};

static const char *const buttons[] = {
  "share", "share this", "share this article", "share this post", "share this story", "share this page", "share on",
  "share on facebook", "share on twitter", "share on x", "share on linkedin", "share on whatsapp",
  "share on telegram", "share via email", "share it", "share with friends", "share article", "click to share",
  "tweet", "tweet this", "facebook", "twitter", "x", "linkedin", "whatsapp", "telegram", "pinterest", "reddit",
  "email", "e-mail", "email this", "print", "print this", "print page", "print article", "copy link", "link copied",
  "copy url", "save", "bookmark", "instagram", "youtube", "messenger", "viber", "vk", "vkontakte", "ok",
  "odnoklassniki", "tumblr", "flipboard", "pocket", "rss", "follow us", "follow", "follow us on twitter", "like",
  "like this", "like us on facebook", "pin it", "pin", "subscribe", "sign up", "sign in", "log in", "login",
  "register", "menu", "search", "home", "skip to content", "skip to main content", "back to top", "go to top",
  "close", "open menu", "toggle navigation", "advertisement", "advertisements", "ad", "sponsored",
  "sponsored content", "loading", "read more", "show more", "load more", "download pdf", "download", "listen",
  "listen to this article", "listen to article", "font size", "a+ a-", "a a a", "text size", "next", "previous",
  "next post", "previous post", "next article", "previous article", "leave a comment", "no comments", "comments",
  "comment", "0 comments", "all rights reserved", "accept", "accept all", "accept all cookies", "reject all",
  "cookie settings", "manage cookies", "privacy policy", "terms of use", "follow us on google news", "paylaş",
  "paylas", "bu yazıyı paylaş", "bu haberi paylaş", "haberi paylaş", "facebook'ta paylaş", "twitter'da paylaş",
  "x'te paylaş", "whatsapp'ta paylaş", "linkedin'de paylaş", "telegram'da paylaş", "tweetle", "yazdır", "e-posta",
  "e-posta gönder", "e-posta ile gönder", "bağlantıyı kopyala", "linki kopyala", "kopyala", "kaydet", "takip et",
  "bizi takip edin", "beğen", "abone ol", "üye ol", "giriş yap", "giriş", "ara", "ana sayfa", "anasayfa", "menü",
  "içeriğe geç", "içeriğe atla", "yukarı çık", "başa dön", "kapat", "reklam", "yükleniyor", "devamını oku",
  "daha fazla", "pdf indir", "indir", "dinle", "haberi dinle", "yazı boyutu", "sonraki", "önceki", "sonraki yazı",
  "önceki yazı", "yorum yap", "yorum yaz", "yorumlar", "yorum yok", "tüm hakları saklıdır", "kabul et",
  "tümünü kabul et", "reddet", "çerez ayarları", "gizlilik politikası", "google haberlere abone ol",
  "google news'te takip et", "favorilere ekle", "поделиться", "поделиться ссылкой", "поделитесь",
  "поделиться в facebook", "поделиться в вконтакте", "поделиться в telegram", "поделиться в whatsapp",
  "поделиться в одноклассниках", "поделиться новостью", "поделиться статьей", "твитнуть", "вконтакте",
  "одноклассники", "телеграм", "распечатать", "печать", "версия для печати", "скопировать ссылку",
  "копировать ссылку", "ссылка скопирована", "сохранить", "подписаться", "подпишитесь", "подписывайтесь", "войти",
  "регистрация", "поиск", "главная", "меню", "перейти к содержимому", "перейти к содержанию", "наверх", "закрыть",
  "реклама", "загрузка", "читать далее", "показать еще", "читать дальше", "скачать pdf", "скачать", "слушать",
  "размер шрифта", "следующая", "предыдущая", "следующая запись", "предыдущая запись", "комментарии",
  "нет комментариев", "оставить комментарий", "все права защищены", "принять", "принять все", "отклонить",
  "настройки cookie", "политика конфиденциальности", "нравится", "в закладки", "posted on", "published on", "published",
  "posted", "yayın tarihi", "yayınlanma tarihi", "yayımlanma tarihi", "yayınlanma", "giriş tarihi", "опубликовано",
  "дата публикации",
};

static const char *const ends[] = {
  "comments", "comment section", "reader comments", "yorumlar", "okur yorumları", "комментарии", "комментарии читателей",
  "similar posts", "similar articles", "similar news", "related posts", "related articles", "related news",
  "related stories", "related content", "related topics", "related reading", "related publications", "related",
  "you may also like", "you might also like", "you may like", "more from this author", "more from", "more stories",
  "more news", "more articles", "read next", "read also", "also read", "recommended", "recommended for you",
  "recommended articles", "recommended reading", "latest posts", "latest news", "latest articles", "recent posts",
  "recent articles", "most read", "most popular", "trending", "trending now", "popular posts", "popular now",
  "leave a reply", "leave a comment", "leave your comment", "post a comment", "add a comment", "write a comment",
  "join the conversation", "post navigation", "continue reading", "what to read next", "editor's picks",
  "don't miss", "subscribe to our newsletter", "sign up for our newsletter", "newsletter", "keep reading",
  "share this:", "up next", "benzer yazılar", "benzer haberler", "benzer içerikler", "benzer makaleler",
  "ilgili yazılar", "ilgili haberler", "ilgili içerikler", "ilgili makaleler", "ilginizi çekebilir",
  "bunlar da ilginizi çekebilir", "bu haberler de ilginizi çekebilir", "bu içerikler de ilginizi çekebilir",
  "ilgili konular", "читать также", "bunları da beğenebilirsiniz", "diğer yazılar", "diğer haberler",
  "yazarın diğer yazıları", "önerilen yazılar", "önerilen haberler", "son yazılar", "son haberler", "çok okunanlar",
  "en çok okunanlar", "en çok okunan haberler", "popüler yazılar", "bir yanıt yazın", "bir cevap yazın",
  "yorum bırakın", "yorum yapın", "yazı gezinmesi", "yazı dolaşımı", "bültenimize abone olun", "e-bültene abone ol",
  "okumaya devam et", "bunlara da bakın", "günün öne çıkanları", "похожие записи", "похожие статьи",
  "похожие новости", "похожие материалы", "похожие публикации", "читайте также", "читайте по теме",
  "материалы по теме", "статьи по теме", "новости по теме", "по теме", "другие статьи", "другие новости",
  "другие материалы автора", "ещё по теме", "вам может быть интересно", "вам также может понравиться", "рекомендуем",
  "рекомендуемые статьи", "последние записи", "последние новости", "свежие записи", "самое читаемое", "популярное",
  "популярные статьи", "добавить комментарий", "оставить комментарий", "оставьте комментарий",
  "написать комментарий", "навигация по записям", "подпишитесь на рассылку", "подписка на рассылку",
  "смотрите также", "главное за день", "еще новости", "не пропустите",
};

static const char *const biographies[] = {
  "about the author", "about the authors", "about author", "author bio", "author biography", "the author",
  "about the writer", "author information", "about the expert", "author", "written by", "yazar hakkında",
  "yazarlar hakkında", "yazar hakkinda", "yazarın özgeçmişi", "özgeçmiş", "yazar bilgisi", "yazar", "об авторе",
  "об авторах", "сведения об авторе", "сведения об авторах", "информация об авторе", "автор",
};

static const char *const notes[] = {
  "notes", "note", "footnotes", "endnotes", "references", "sources", "bibliography", "works cited", "citations",
  "notes and references", "reference list", "notlar", "dipnotlar", "dipnot", "son notlar", "kaynaklar", "kaynakça",
  "kaynak", "referanslar", "notlar ve kaynaklar", "примечания", "примечание", "сноски", "источники", "литература",
  "ссылки", "список литературы", "использованные источники",
};

static const char *const summaries[] = {
  "summary", "key points", "key takeaways", "takeaways", "highlights", "at a glance", "in brief", "main points",
  "executive summary", "story highlights", "key findings", "abstract", "article summary", "in short",
  "the main points", "özet", "öne çıkanlar", "öne çıkan noktalar", "ana noktalar", "kısaca", "önemli noktalar",
  "başlıca noktalar", "yönetici özeti", "ana başlıklar", "temel bulgular", "haber özeti", "кратко", "главное",
  "резюме", "основные тезисы", "тезисы", "ключевые тезисы", "ключевые выводы", "коротко", "основное",
  "ключевые моменты", "краткое содержание", "аннотация", "основные выводы", "самое главное",
};

/* What precedes the names of languages. */
static const char *const versions[] = {
  "this post is also available in", "this article is also available in", "this page is also available in",
  "this text is also available in", "this analysis is also available in", "this content is also available in",
  "also available in", "available in", "available languages", "other languages", "read this in", "read in",
  "read this article in", "read this post in", "this post is available in", "this article is available in",
  "translations", "language versions", "in other languages", "bu yazının diğer dilleri",
  "bu yazı şu dillerde de mevcuttur", "bu yazı şu dillerde mevcuttur", "bu yazı şu dillerde de okunabilir",
  "bu makale şu dillerde de mevcuttur", "bu makale şu dillerde mevcuttur", "bu içerik şu dillerde de mevcuttur",
  "bu yazı şu dillerde de mevcut", "bu makale şu dillerde de mevcut",
  "bu gönderi şu dillerde de mevcut", "bu gönderi şu dilde de mevcut", "bu yazı şu dilde de mevcut",
  "bu yazı ayrıca şu dillerde mevcuttur", "diğer dillerde", "diğer diller", "şu dillerde de mevcut",
  "şu dillerde mevcut", "bu yazıyı şu dilde okuyun", "эта запись также доступна на", "эта статья также доступна на",
  "эта статья доступна на", "эта запись доступна на", "данная статья также доступна на", "также доступно на",
  "доступно на", "доступна также на", "материал доступен на", "материал также доступен на",
  "этот материал также доступен на", "на других языках", "другие языки", "читать на", "статья доступна на языках",
  "также доступна на", "запись доступна также на", "эта запись также доступна на следующих языках",
  "эта статья также доступна на следующих языках",
};

static const char *const bylines[] = {
  "by", "written by", "author", "authors", "words by", "text by", "reported by", "story by", "from", "yazan",
  "yazar", "yazarlar", "yazarı", "kaleme alan", "hazırlayan", "haber", "muhabir", "автор", "авторы", "автор статьи",
  "автор текста", "текст", "подготовил", "подготовила",
};

static const char *const captions[] = {
  "item 1 of", "[1/", "photo:", "photo by", "photograph:", "photo credit:", "image:", "image credit:", "credit:", "picture:", "caption:",
  "figure:", "source: ap", "source: reuters", "photos:", "(photo:", "[photo:", "photo —", "photo –", "file photo",
  "fotoğraf:", "foto:", "görsel:", "(fotoğraf:", "kaynak: aa", "arşiv fotoğrafı", "resim:", "fotoğraflar:", "фото:",
  "фотография:", "(фото:", "иллюстрация:", "на фото:", "изображение:", "архивное фото", "© фото",
};

static const char *const ibids[] = {
  "ibid", "ibidem", "ib.", "op. cit", "loc. cit", "idem", "a.g.e", "a.g.m", "agе", "age.", "agm.", "adı geçen eser",
  "aynı yer", "aynı eser", "a.y.", "a. g. e", "там же", "указ. соч", "op.cit",
};

static const char *const consents[] = {
  "we use cookies", "this website uses cookies", "this site uses cookies", "uses cookies to",
  "we and our partners use cookies", "by continuing to use this site", "by clicking accept",
  "accept the use of cookies", "çerezleri kullan", "çerezler kullan", "çerez kullan", "çerez politika",
  "sitemizde çerez", "мы используем файлы cookie", "сайт использует cookie", "используем файлы cookie",
  "мы используем cookie", "файлы cookie", "использует файлы cookie",
};
/* clang-format on */

/* Words that a line begins with; the first letters tell most lines apart without making their key. */
typedef struct
{
  GPtrArray *keys;
  guint8 first[0x500 / 8];
} Prefixes;

typedef struct
{
  GHashTable *kinds, *buttons, *ends, *biographies, *notes, *summaries;
  Prefixes versions, bylines, captions, ibids;
  GPtrArray *consents; /* of keys */
} Lists;

static GHashTable *
set_of (const char *const *words, guint n)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (set, memo_text_key (words[i]));
  return set;
}

static GPtrArray *
keys_of (const char *const *words, guint n)
{
  GPtrArray *keys = g_ptr_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (keys, memo_text_key (words[i]));
  return keys;
}

static void
prefixes_init (Prefixes *self, const char *const *words, guint n)
{
  self->keys = keys_of (words, n);
  for (guint i = 0; i < n; i++)
    {
      gunichar c = g_utf8_get_char (self->keys->pdata[i]);
      if (c < 0x500)
        self->first[c / 8] |= 1 << (c % 8);
    }
}

static gboolean
may_begin (const Prefixes *self, const char *text)
{
  gunichar c = memo_char_key (g_utf8_get_char (text));

  return c < 0x500 && (self->first[c / 8] & (1 << (c % 8)));
}

/* Made once, kept for the life of the process. */
static Lists *
lists (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      Lists *all = g_new0 (Lists, 1);

      all->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        g_hash_table_insert (all->kinds, memo_text_key (kinds[i][0]), (gpointer) kinds[i][1]);
      all->buttons = set_of (buttons, G_N_ELEMENTS (buttons));
      all->ends = set_of (ends, G_N_ELEMENTS (ends));
      all->biographies = set_of (biographies, G_N_ELEMENTS (biographies));
      all->notes = set_of (notes, G_N_ELEMENTS (notes));
      all->summaries = set_of (summaries, G_N_ELEMENTS (summaries));
      prefixes_init (&all->versions, versions, G_N_ELEMENTS (versions));
      prefixes_init (&all->bylines, bylines, G_N_ELEMENTS (bylines));
      prefixes_init (&all->captions, captions, G_N_ELEMENTS (captions));
      prefixes_init (&all->ibids, ibids, G_N_ELEMENTS (ibids));
      all->consents = keys_of (consents, G_N_ELEMENTS (consents));
      g_once_init_leave (&made, (gsize) all);
    }
  return (Lists *) made;
}

/* The key of a short line without what is around the words: "» Share :" → "share". NULL: too long for a label. */
static char *
label_key (const char *line)
{
  g_autofree char *key = NULL;
  char *start, *end;

  if (strlen (line) > 160)
    return NULL;
  key = memo_text_key (line);
  start = key;
  while (*start && !g_unichar_isalnum (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  end = key + strlen (key);
  while (end > start)
    {
      char *before = g_utf8_prev_char (end);
      gunichar c = g_utf8_get_char (before);

      if (g_unichar_isalnum (c) || c == '+')
        break;
      end = before;
    }
  return g_strndup (start, end - start);
}

static gboolean
in_set (GHashTable *set, const char *line)
{
  g_autofree char *key = label_key (line);

  return key && *key && g_hash_table_contains (set, key);
}

/* Where in @text the words of a prefix end: keys are as long in characters as what they are made of, but for folded space
 * and combining marks, so the end is looked for by comparing prefixes. */
static const char *
behind_prefix (const char *text, const char *prefix)
{
  gsize length = strlen (prefix);
  g_autofree char *head = NULL;
  g_autofree char *key = NULL;
  const char *at = text;
  glong n;

  while (*at && g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  head = g_utf8_substring (at, 0, MIN (g_utf8_strlen (at, 400), 200));
  key = memo_text_key (head);
  if (strncmp (key, prefix, length) != 0)
    return NULL;
  /* Start from as many characters as the prefix has, and grow over what the key drops. */
  n = g_utf8_strlen (prefix, -1);
  for (glong i = n; i <= n + 20 && i <= g_utf8_strlen (head, -1); i++)
    {
      g_autofree char *part = g_utf8_substring (head, 0, i);
      g_autofree char *part_key = memo_text_key (part);

      if (strlen (part_key) >= length)
        return at + strlen (part);
    }
  return NULL;
}

/* The longest of @prefixes that @text begins with, as words. */
static const char *
behind_any (const char *text, const Prefixes *all)
{
  GPtrArray *prefixes = all->keys;
  g_autofree char *head = NULL;
  g_autofree char *key = NULL;
  const char *longest = NULL;

  while (*text && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  if (!may_begin (all, text))
    return NULL;
  head = g_strndup (text, MIN (strlen (text), 300));
  {
    g_autofree char *valid = g_utf8_make_valid (head, -1);
    key = memo_text_key (valid);
  }
  for (guint i = 0; i < prefixes->len; i++)
    {
      const char *prefix = prefixes->pdata[i];
      gsize length = strlen (prefix);

      if (strncmp (key, prefix, length) == 0 &&
          (key[length] == '\0' || !g_unichar_isalnum (g_utf8_get_char (prefix + length - 1)) ||
           !g_unichar_isalnum (g_utf8_get_char (key + length))) &&
          (!longest || length > strlen (longest)))
        longest = prefix;
    }
  return longest ? behind_prefix (text, longest) : NULL;
}

const char *
memo_furniture_kind (const char *label)
{
  g_autofree char *key = label_key (label);
  const char *kind = key ? g_hash_table_lookup (lists ()->kinds, key) : NULL;
  g_auto (GStrv) labels = !kind && key && strchr (key, ',') ? g_strsplit (key, ",", -1) : NULL;

  /* "Dünya, Gündem": labels alone, the first of which counts. */
  for (guint i = 0; labels && labels[i]; i++)
    {
      const char *one = g_hash_table_lookup (lists ()->kinds, g_strstrip (labels[i]));

      if (!one)
        return NULL;
      if (!kind)
        kind = one;
    }
  return kind;
}

/* "12 shares", "3 yorum", "1,2 тыс. просмотров": a number and one word of counting. */
static gboolean
is_counter (const char *line)
{
  static const char *const words[] = {
    "shares",        "share",        "views",           "view",         "comments",   "comment",
    "likes",         "min read",     "minute read",     "minutes read", "mins read",  "minute",
    "paylasim",      "goruntuleme",  "goruntulenme",    "okunma",       "yorum",      "begeni",
    "dk okuma",      "dakika okuma", "dakikalik okuma", "dk",           "просмотров", "просмотра",
    "просмотр",      "комментариев", "комментария",     "комментарий",  "мин чтения", "минут чтения",
    "минуты чтения", "reads",        "okuma",           "min",          "mins",       "мин",
    "минут",         "минуты",       "минута",          "dakika",       NULL
  };
  static const char *const heads[] = {
    "reading time", "read time", "okuma suresi", "время чтения", "views", "просмотры"
  };
  g_autofree char *key = label_key (line);
  const char *at = key;

  if (!key)
    return FALSE;
  /* "Okuma süresi: 6 dk" */
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (at, heads[i]))
      {
        at += strlen (heads[i]);
        at += strspn (at, " :-");
        if (at[strspn (at, "0123456789 .,")] == '\0')
          return *at != '\0';
        break;
      }
  if (!g_ascii_isdigit (*at))
    return FALSE;
  while (*at && (g_ascii_isdigit (*at) || strchr (" .,k+-", *at)))
    at++;
  return g_strv_contains (words, at);
}

/* "Facebook X LinkedIn", "Paylaş: Facebook WhatsApp": nothing but such words in a row. */
static gboolean
is_row_of_buttons (const char *line)
{
  g_autofree char *key = label_key (line);
  g_auto (GStrv) words = NULL;
  guint n = 0;

  if (!key || !strchr (key, ' '))
    return FALSE;
  words = g_strsplit_set (key, " ,:;|/()+", -1);
  for (guint i = 0; words[i]; i++)
    {
      if (!g_unichar_isalnum (g_utf8_get_char (words[i])))
        continue;
      if (!g_hash_table_contains (lists ()->buttons, words[i]))
        return FALSE;
      n++;
    }
  return n > 1;
}

gboolean
memo_furniture_is_button (const char *line)
{
  return in_set (lists ()->buttons, line) || is_counter (line) || is_row_of_buttons (line);
}

gboolean
memo_furniture_is_end (const char *line)
{
  return in_set (lists ()->ends, line);
}

gboolean
memo_furniture_is_biography (const char *line)
{
  return in_set (lists ()->biographies, line);
}

gboolean
memo_furniture_is_notes (const char *line)
{
  return in_set (lists ()->notes, line);
}

gboolean
memo_furniture_is_summary (const char *line)
{
  return in_set (lists ()->summaries, line);
}

const char *
memo_furniture_versions (const char *line)
{
  return strlen (line) > 400 ? NULL : behind_any (line, &lists ()->versions);
}

const char *
memo_furniture_byline (const char *line)
{
  const char *rest = strlen (line) > 300 ? NULL : behind_any (line, &lists ()->bylines);

  if (!rest)
    return NULL;
  while (*rest && (*rest == ':' || g_unichar_isspace (g_utf8_get_char (rest))))
    rest = g_utf8_next_char (rest);
  return *rest ? rest : NULL;
}

/* A quick look before the key is made. */
static gboolean
holds_any (const char *line, const char *const *hints, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strstr (line, hints[i]))
      return TRUE;
  return FALSE;
}

gboolean
memo_furniture_is_caption (const char *line)
{
  static const char *const credits[] = {
    "photo:",       "photograph:", "photo by ", "photo credit:", "image credit:", "(ap photo",
    "getty images", "fotograf:",   "foto:",     "gorsel:",       "фото:",         "фотография:"
  };
  static const char *const hints[] = { "oto", "OTO", "ото", "ОТО", "etty", "redit", "REDIT", "rsel", "RSEL" };
  g_autofree char *key = NULL;

  if (behind_any (line, &lists ()->captions))
    return TRUE;
  /* The credit may stand behind the words. */
  if (strlen (line) > 500 || !holds_any (line, hints, G_N_ELEMENTS (hints)))
    return FALSE;
  key = memo_text_key (line);
  for (guint i = 0; i < G_N_ELEMENTS (credits); i++)
    {
      const char *at = strstr (key, credits[i]);
      if (at && at > key && !g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (at))))
        return TRUE;
    }
  return FALSE;
}

const char *
memo_furniture_ibid (const char *text)
{
  const char *rest = behind_any (text, &lists ()->ibids);

  while (rest && *rest && strchr (".,;: ", *rest))
    rest++;
  return rest;
}

gboolean
memo_furniture_is_sentence (const char *line, guint words)
{
  guint n = 1;

  for (const char *p = strchr (line, ' '); p; p = strchr (p + 1, ' '))
    n++;
  return n >= words && g_str_has_suffix (line, ".");
}

gboolean
memo_furniture_has (GPtrArray *texts, const char *text)
{
  g_autofree char *key = memo_text_key (text);

  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *other = memo_text_key (texts->pdata[i]);
      if (g_str_equal (key, other))
        return TRUE;
    }
  return FALSE;
}

gboolean
memo_furniture_is_consent (const char *line)
{
  g_autofree char *key = NULL;
  static const char *const hints[] = { "ookie", "OOKIE", "erez", "EREZ", "accept", "continuing" };
  GPtrArray *words = lists ()->consents;

  if (strlen (line) > 900 || !holds_any (line, hints, G_N_ELEMENTS (hints)))
    return FALSE;
  key = memo_text_key (line);
  for (guint i = 0; i < words->len; i++)
    if (strstr (key, words->pdata[i]))
      return TRUE;
  return FALSE;
}

MemoDate *
memo_furniture_read_timestamp (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  gsize digits = strspn (plain, "0123456789");
  char day[11];
  MemoDate *date = NULL;

  if (digits == 4 && (plain[4] == '-' || plain[4] == '/') && strspn (plain + 5, "0123456789") == 2)
    {
      if (plain[7] == plain[4] && strspn (plain + 8, "0123456789") >= 2)
        {
          g_snprintf (day, sizeof day, "%.4s-%.2s-%.2s", plain, plain + 5, plain + 8);
          date = memo_date_new (day, NULL);
        }
      else if (plain[7] == '\0')
        {
          g_snprintf (day, sizeof day, "%.4s-%.2s", plain, plain + 5);
          date = memo_date_new (day, NULL);
        }
    }
  else if (digits == 8 || (digits > 8 && digits == 14))
    {
      g_snprintf (day, sizeof day, "%.4s-%.2s-%.2s", plain, plain + 4, plain + 6);
      date = memo_date_new (day, NULL);
    }
  else if (digits == strlen (plain) && (digits == 10 || digits == 13))
    {
      gint64 seconds = g_ascii_strtoll (plain, NULL, 10) / (digits == 13 ? 1000 : 1);
      date = memo_date_new_day (seconds / 86400);
    }
  if (!date && *plain && strlen (plain) < 60)
    date = memo_date_parse (plain, NULL, NULL, NULL);
  return date;
}
