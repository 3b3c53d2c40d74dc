#include "memo-vocabulary.h"

#include <math.h>
#include <string.h>

#define N_FORMS 30000
#define N_STEPS 4096

static const char *const languages[MEMO_N_WORDS] = { "en", "tr", "ru" };

static const char *const common[MEMO_N_WORDS] = {
  "the of and to in a for that is on with as by at from be this was are it which has an or will have its not between "
  "also their been were under other all more after during both such these than would into but may new through over "
  "within first they can one two only most many where when about against since while out there no any each between",
  "ve bir bu ile için olarak da de olan daha en çok gibi ise ancak ya sonra kadar tarafından göre her iki ne arasında "
  "karşı üzerinde aynı diğer büyük yeni ilk yer var olduğu şekilde ayrıca bütün birçok önce içinde üzere hem çünkü "
  "bazı "
  "veya dolayı rağmen böyle şu o",
  "и в на с по о что для не от к из за как это до его их также при он она а но или был была были быть между после "
  "которые который которая том этом уже более всех под обеих если же только во ко со год года лет мы они есть будет "
  "без "
  "через перед над где когда",
};

/* Russian stems name the ending of their class. */
static const char *const stems[MEMO_N_WORDS] = {
  "agreement treaty protocol memorandum contract statement plan package cooperation trade investment energy oil gas "
  "pipeline railway port road bridge ship flight airline visa tourism culture language school university student "
  "science "
  "research medicine hospital vaccine health food wheat corn fish forest water river dam mine gold steel factory "
  "industry "
  "machine tractor car plane drone weapon army navy border police court law tax customs bank credit loan currency "
  "payment budget debt price market company state government minister president parliament commission council "
  "committee "
  "session meeting summit visit negotiation signature ratification implementation suspension delegation embassy consul "
  "partner ally region country city capital island sea ocean coast people worker farmer doctor teacher journalist "
  "source "
  "report document archive history century decade future century climate satellite rocket space network computer data "
  "sign announce implement suspend negotiate ratify declare propose develop strengthen increase reduce build supply "
  "finance support expand visit host train exchange transfer produce export import deliver review confirm criticise "
  "reject accept extend launch establish mutual bilateral strategic economic political military technical financial "
  "agricultural industrial humanitarian legal national international regional joint common special direct",
  "anlaşma sözleşme protokol belge bildiri plan paket işbirliği ticaret yatırım enerji petrol gaz boru demiryolu liman "
  "yol köprü gemi uçuş vize turizm kültür dil okul üniversite öğrenci bilim araştırma tıp hastane aşı sağlık gıda "
  "buğday "
  "mısır balık orman su nehir baraj maden altın çelik fabrika sanayi makine traktör araba uçak silah ordu donanma "
  "sınır "
  "polis mahkeme yasa vergi gümrük banka kredi borç para ödeme bütçe fiyat pazar şirket devlet hükümet bakan başkan "
  "meclis komisyon kurul oturum toplantı zirve ziyaret görüşme imza onay uygulama heyet elçilik ortak müttefik bölge "
  "ülke "
  "şehir başkent ada deniz okyanus kıyı halk işçi çiftçi doktor öğretmen gazeteci kaynak rapor arşiv tarih yüzyıl "
  "gelecek "
  "iklim uydu roket uzay ağ bilgisayar veri ilişki gelişme süreç hedef karar mektup program proje tesis üretim ihracat "
  "ithalat destek alan kurum örgüt güç barış savaş kriz yaptırım ambargo seçim parti önder konuşma söz gün yıl ay "
  "hafta",
  "договор:- протокол:- меморандум:- контракт:- план:- пакет:- кредит:- банк:- порт:- мост:- корабль:- рейс:- завод:- "
  "университет:- "
  "студент:- закон:- налог:- бюджет:- долг:- рынок:- министр:- президент:- парламент:- комитет:- совет:- саммит:- "
  "визит:- союзник:- "
  "партнёр:- регион:- город:- остров:- океан:- народ:- врач:- журналист:- источник:- документ:- архив:- век:- климат:- "
  "спутник:- "
  "проект:- экспорт:- импорт:- товар:- флот:- суд:- текст:- срок:- вопрос:- процесс:- кризис:- выбор:- итог:- раунд:- "
  "пункт:- торговл:а "
  "стран:а систем:а нефт:а фабрик:а школ:а наук:а больниц:а вакцин:а рыб:а рек:а плотин:а шахт:а машин:а виз:а "
  "культур:а "
  "границ:а арми:я полици:я таможн:а валют:а цен:а компани:я комисси:я встпоездк:а подпис:а столиц:а "
  "ракет:а программ:а реформ:а поддержк:а поставк:а сделк:а газет:а сторон:а сфер:а работ:а соглашен:е "
  "сотрудничеств:о заявлен:е развит:е образован:е здравоохранен:е исследован:е правительств:о заседан:е посольств:о "
  "производств:о решен:е отношен:е создан:е строительств:о партнёрств:о предприят:е выполнен:е расширен:е укреплен:е "
  "финансирован:е услов:е двусторонн:ый взаимн:ый стратегическ:ий экономическ:ий политическ:ий военн:ый техническ:ий "
  "финансов:ый сельск:ий промышленн:ый гуманитарн:ый правов:ый национальн:ый международн:ый региональн:ый совместн:ый "
  "общ:ый особ:ый прям:ый нефтян:ый газов:ый торгов:ый нов:ый важн:ый главн:ый",
};

/* What rare words and names are made of. */
static const char *const parts[MEMO_N_WORDS] = {
  "al ber con dar el for gran har in jor kel lam mar nor ol per quin ros san ter ul ver win yor zan bro cha dri flo "
  "gre "
  "sta tri",
  "ak ba ça der el fır gün ha il ka lar mu nur öz pın rüz sel tan ur vur yıl zey bo dö ger kı me ni sa te ka ye",
  "ал бор вал гра дон ев жан зар ил кар лов мир нов ор пет рос сан тор ур фёд хар цар чер шах юр яр бел вик ден ком "
  "лен "
  "мак",
};

static const char *const endings_en[] = { "", "s", "ed", "ing", "er", "ers", "al", "'s", NULL };
/* A: a e; I: ı i u ü; D: d t. A consonant in brackets stands after vowels only. */
static const char *const endings_tr[] = { "",     "lAr",  "(n)In", "(y)A",  "DA",      "DAn",     "(y)I",
                                          "(s)I", "lArI", "lArIn", "lArDA", "(s)InDA", "(s)InIn", "lArInA",
                                          "lI",   "lIk",  "cI",    "DAki",  "(y)lA",   NULL };
static const char *const endings_ru[][12] = {
  { "", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах", NULL },
  { "а", "ы", "е", "у", "ой", "", "ам", "ами", "ах", NULL },
  { "я", "и", "ю", "ей", "й", "ям", "ями", "ях", NULL },
  { "ие", "ия", "ию", "ием", "ии", "ий", "иям", "иями", "иях", NULL },
  { "о", "а", "у", "ом", "е", "", "ам", "ами", "ах", NULL },
  { "ый", "ая", "ое", "ого", "ому", "ым", "ой", "ую", "ые", "ых", "ыми", NULL },
  { "ий", "ая", "ое", "ого", "ому", "им", "ой", "ую", "ие", "их", "ими", NULL },
};
static const char *const classes_ru[] = { "-", "а", "я", "е", "о", "ый", "ий" };

struct _MemoVocabulary
{
  char *forms[MEMO_N_WORDS][N_FORMS];
  guint n_common[MEMO_N_WORDS];
  float ranks[N_STEPS + 1]; /* N_FORMS ^ (i / N_STEPS) */
};

static guint64
mix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

MemoDraw
memo_draw_new (guint32 seed, guint kind, guint64 index)
{
  return mix (mix ((guint64) seed << 8 | kind) ^ index);
}

guint32
memo_draw (MemoDraw *self, guint32 below)
{
  *self += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (mix (*self) >> 32) * (guint64) below >> 32;
}

const char *
memo_words_get_language (MemoWords words)
{
  return languages[words];
}

static gboolean
is_vowel (gunichar letter)
{
  return g_utf8_strchr ("aeıioöuü", -1, letter) != NULL;
}

static char *
inflect_tr (const char *stem, const char *ending)
{
  GString *word = g_string_new (stem);
  gunichar last = g_utf8_get_char (g_utf8_prev_char (word->str + word->len)), vowel = 'a';

  for (const char *p = stem; *p != '\0'; p = g_utf8_next_char (p))
    if (is_vowel (g_utf8_get_char (p)))
      vowel = g_utf8_get_char (p);
  for (const char *p = ending; *p != '\0'; p++)
    {
      gboolean front = g_utf8_strchr ("eiöü", -1, vowel) != NULL, round = g_utf8_strchr ("oöuü", -1, vowel) != NULL;

      if (*p == '(')
        {
          if (is_vowel (last))
            g_string_append_c (word, p[1]);
          p += 2;
        }
      else if (*p == 'A')
        g_string_append_unichar (word, vowel = front ? 'e' : 'a');
      else if (*p == 'I' && !(p == ending && is_vowel (last)))
        g_string_append_unichar (word, vowel = front ? (round ? 0xfc : 'i') : (round ? 'u' : 0x131));
      else if (*p == 'D')
        g_string_append_c (word, g_utf8_strchr ("fstkçşhp", -1, last) != NULL ? 't' : 'd');
      else if (*p != 'I')
        g_string_append_c (word, *p);
      last = g_utf8_get_char (g_utf8_prev_char (word->str + word->len));
    }
  return g_string_free (word, FALSE);
}

static char *
inflect_en (const char *stem, const char *ending)
{
  gsize length = strlen (stem);

  if (stem[length - 1] == 'y' && g_str_equal (ending, "s"))
    return g_strdup_printf ("%.*sies", (int) length - 1, stem);
  if (stem[length - 1] == 'e' && *ending == 'e')
    ending++;
  else if (stem[length - 1] == 'e' && (*ending == 'i' || *ending == 'a'))
    length--;
  return g_strdup_printf ("%.*s%s", (int) length, stem, ending);
}

static void
add_forms (GPtrArray *forms, MemoWords words, const char *stem)
{
  g_autofree char *plain = g_strdup (stem);
  const char *const *endings = endings_en;

  if (words == MEMO_WORDS_TR)
    endings = endings_tr;
  else if (words == MEMO_WORDS_RU)
    {
      char *class = strchr (plain, ':');
      guint i = 0;

      while (!g_str_equal (class + 1, classes_ru[i]))
        i++;
      endings = endings_ru[i];
      *class = '\0';
    }
  for (guint i = 0; endings[i] != NULL; i++)
    if (words == MEMO_WORDS_TR)
      g_ptr_array_add (forms, inflect_tr (plain, endings[i]));
    else if (words == MEMO_WORDS_EN)
      g_ptr_array_add (forms, inflect_en (plain, endings[i]));
    else
      g_ptr_array_add (forms, g_strconcat (plain, endings[i], NULL));
}

static void
shuffle (GPtrArray *forms, guint start, MemoDraw *draw)
{
  for (guint i = forms->len - 1; i > start; i--)
    {
      guint other = start + memo_draw (draw, i - start + 1);
      gpointer form = forms->pdata[i];

      forms->pdata[i] = forms->pdata[other];
      forms->pdata[other] = form;
    }
}

static void
fill (MemoVocabulary *self, MemoWords words)
{
  g_auto (GStrv) first = g_strsplit (common[words], " ", -1);
  g_auto (GStrv) known = g_strsplit (stems[words], " ", -1);
  g_auto (GStrv) pieces = g_strsplit (parts[words], " ", -1);
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func (g_free);
  guint n_pieces = g_strv_length (pieces);
  MemoDraw draw = memo_draw_new (1, 255, words);
  guint start;

  for (guint i = 0; first[i] != NULL; i++)
    g_ptr_array_add (forms, g_strdup (first[i]));
  self->n_common[words] = start = forms->len;
  for (guint i = 0; known[i] != NULL; i++)
    add_forms (forms, words, known[i]);
  shuffle (forms, start, &draw);
  start = forms->len;
  while (forms->len < N_FORMS)
    {
      g_autoptr (GString) stem = g_string_new (NULL);

      for (guint i = 2 + memo_draw (&draw, 3); i > 0; i--)
        g_string_append (stem, pieces[memo_draw (&draw, n_pieces)]);
      if (words == MEMO_WORDS_RU)
        g_string_append (stem, memo_draw (&draw, 2) == 0 ? ":-" : ":ый");
      add_forms (forms, words, stem->str);
    }
  shuffle (forms, start, &draw);
  for (guint i = 0; i < N_FORMS; i++)
    self->forms[words][i] = g_steal_pointer (&forms->pdata[i]);
}

MemoVocabulary *
memo_vocabulary_new (void)
{
  MemoVocabulary *self = g_new0 (MemoVocabulary, 1);

  for (MemoWords words = 0; words < MEMO_N_WORDS; words++)
    fill (self, words);
  for (guint i = 0; i <= N_STEPS; i++)
    self->ranks[i] = pow (N_FORMS, i / (double) N_STEPS);
  return self;
}

void
memo_vocabulary_free (MemoVocabulary *self)
{
  for (MemoWords words = 0; words < MEMO_N_WORDS; words++)
    for (guint i = 0; i < N_FORMS; i++)
      g_free (self->forms[words][i]);
  g_free (self);
}

guint
memo_vocabulary_get_n (MemoVocabulary *self)
{
  return N_FORMS;
}

const char *
memo_vocabulary_get (MemoVocabulary *self, MemoWords words, guint rank)
{
  g_return_val_if_fail (rank < N_FORMS, NULL);
  return self->forms[words][rank];
}

const char *
memo_vocabulary_draw (MemoVocabulary *self, MemoWords words, MemoDraw *draw)
{
  guint32 at = memo_draw (draw, N_STEPS << 10);
  float low = self->ranks[at >> 10], high = self->ranks[(at >> 10) + 1];

  return self->forms[words][MIN ((guint) (low + (high - low) * (at & 1023) / 1024) - 1, N_FORMS - 1)];
}

/* In a sentence's first place. */
static void
append_capital (GString *text, MemoWords words, const char *word)
{
  gunichar letter = g_utf8_get_char (word);

  g_string_append_unichar (text, words == MEMO_WORDS_TR && letter == 'i' ? 0x130 : g_unichar_toupper (letter));
  g_string_append (text, g_utf8_next_char (word));
}

void
memo_vocabulary_append_title (MemoVocabulary *self, MemoWords words, MemoDraw *draw, guint n, GString *text)
{
  guint below = N_FORMS - self->n_common[words];

  for (guint i = 0; i < n; i++)
    {
      /* Common words are common in titles too. */
      guint rank = memo_draw (draw, memo_draw (draw, 4) == 0 ? below : 1200);
      const char *word = self->forms[words][self->n_common[words] + rank];

      if (i == 0)
        append_capital (text, words, word);
      else
        g_string_append_printf (text, " %s", word);
    }
}

void
memo_vocabulary_append_sentence (MemoVocabulary *self, MemoWords words, MemoDraw *draw, const char *name, GString *text)
{
  guint n = 7 + memo_draw (draw, 16), place = name != NULL ? 1 + memo_draw (draw, n - 1) : n;

  append_capital (text, words, memo_vocabulary_draw (self, words, draw));
  for (guint i = 1; i < n; i++)
    {
      guint mark = memo_draw (draw, 100);

      if (mark < 8)
        g_string_append_c (text, ',');
      g_string_append_c (text, ' ');
      if (i == place)
        g_string_append (text, name);
      else if (mark == 99)
        g_string_append_printf (text, "%u", 1950 + memo_draw (draw, 80));
      else
        g_string_append (text, memo_vocabulary_draw (self, words, draw));
    }
  g_string_append_c (text, '.');
}
