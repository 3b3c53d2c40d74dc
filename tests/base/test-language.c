#include "base/memo-language.h"

#include <string.h>

static const struct
{
  const char *code;
  const char *text;
} samples[] = {
  { "en", "The two sides signed a memorandum of understanding on transport and energy." },
  { "en", "Joint Commission" },
  { "en", "Opens the list of agreements." },
  { "en",
    "President Erdoğan and Prime Minister Şimşek met in İstanbul with the delegation that had arrived from Baghdad, "
    "and they said that the talks were useful for both countries." },
  { "tr", "İki ülke ulaştırma ve enerji alanında mutabakat zaptı imzaladı." },
  { "tr", "Ortak Komisyon toplantısı" },
  { "tr", "Anlasmalar listesini acar ve bir kayit icin tarihleri gosterir." },
  { "tr", "Türkiye" },
  { "tr", "Toplantıda, Joint Economic Commission üyeleri ile Memorandum of Understanding metni görüşüldü ve karara "
          "bağlandı." },
  { "ru", "Стороны подписали меморандум о взаимопонимании в области транспорта и энергетики." },
  { "ru", "Соглашение" },
  { "ru", "Откройте меню File — Export — Export as PDF и нажмите кнопку OK." },
  { "uk",
    "Сторони підписали угоду про співпрацю у сфері енергетики та транспорту, їхні представники зустрінуться знову." },
  { "bg", "Страните подписаха споразумение за сътрудничество в областта на енергетиката и транспорта, което ще влезе в "
          "сила след ратифицирането му от двата парламента през следващата година." },
  { "de", "Die beiden Seiten haben in Berlin ein Abkommen über die Zusammenarbeit in den Bereichen Energie und Verkehr "
          "unterzeichnet, das nach der Ratifizierung durch die Parlamente in Kraft treten wird." },
  { "fr",
    "Les deux parties ont signé à Paris un accord de coopération dans les domaines de l'énergie et des transports, "
    "qui entrera en vigueur après la ratification par les deux parlements." },
  { "es",
    "Las dos partes firmaron en Madrid un acuerdo de cooperación en los ámbitos de la energía y el transporte, que "
    "entrará en vigor después de la ratificación por ambos parlamentos el próximo año." },
  { "el", "Οι δύο πλευρές υπέγραψαν συμφωνία" },
  { "he", "שני הצדדים חתמו על הסכם" },
  { "hy", "Երկու կողմերը ստորագրեցին համաձայնագիր" },
  { "ka", "ორმა მხარემ ხელი მოაწერა შეთანხმებას" },
  { "zh", "双方签署了合作协议" },
  { "ja", "両国は協定に署名しました" },
  { "ko", "양측은 협정에 서명했다" },
  { "ar", "وقع الجانبان اتفاقية للتعاون في مجالات الطاقة والنقل والتجارة والاستثمار بين البلدين الصديقين" },
  { "und", "" },
  { "und", "42" },
  { "und", "…—…" },
};

static void
test_detect (void)
{
  guint failures = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const char *found = memo_language_detect (samples[i].text, NULL);

      if (strcmp (found, samples[i].code) != 0)
        {
          g_test_message ("%s instead of %s: %s", found, samples[i].code, samples[i].text);
          failures++;
        }
    }
  g_assert_cmpuint (failures, ==, 0);
  g_assert_cmpstr (memo_language_detect (NULL, NULL), ==, "und");
}

/* Long texts are judged by a part of them that must not break letters. */
static void
test_long (void)
{
  static const char *const codes[] = { "en", "tr", "ru" };

  for (gsize c = 0; c < G_N_ELEMENTS (codes); c++)
    for (guint shift = 0; shift < 8; shift++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (guint i = 0; i < shift; i++)
          g_string_append_c (text, 'x');
        while (text->len < 20000)
          for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
            if (strcmp (samples[i].code, codes[c]) == 0 && strlen (samples[i].text) > 60)
              g_string_append_printf (text, " %s", samples[i].text);
        g_assert_cmpstr (memo_language_detect (text->str, NULL), ==, codes[c]);
      }
}

static void
test_hint (void)
{
  const char *turkish = "İki ülke ulaştırma ve enerji alanında mutabakat zaptı imzaladı; belgeler yürürlüğe girdi.";
  const char *english =
      "The two sides signed a memorandum of understanding on transport and energy that was then published "
      "for all who had asked for it.";
  const char *russian = "Стороны подписали меморандум о взаимопонимании в области транспорта и энергетики.";
  const char *mixed =
      "Bu komuta erişmek için choose File - Export from the menu and then click the button that you want to "
      "use for this. Kaydet ve ardından kapatın.";
  g_autoptr (GString) spanish = g_string_new (NULL);
  g_autoptr (GString) article = g_string_new (NULL);

  /* Hardly a text: the file knows better. */
  g_assert_cmpstr (memo_language_detect ("Memorandum", "tr"), ==, "tr");
  g_assert_cmpstr (memo_language_detect ("42", "ru-RU"), ==, "ru");
  g_assert_cmpstr (memo_language_detect (NULL, "tr-TR"), ==, "tr");
  g_assert_cmpstr (memo_language_detect ("", "xyz1"), ==, "und");
  /* Agreement. */
  g_assert_cmpstr (memo_language_detect (turkish, "tr-TR"), ==, "tr");
  g_assert_cmpstr (memo_language_detect (mixed, "tr"), ==, "tr");
  /* A language that looks like another. */
  g_assert_cmpstr (memo_language_detect ("Han er en god mann og bor i Oslo.", "nb"), ==, "nb");
  /* Plain contradiction. */
  g_assert_cmpstr (memo_language_detect (turkish, "en-US"), ==, "tr");
  g_assert_cmpstr (memo_language_detect (russian, "en"), ==, "ru");
  while (article->len < 4000)
    g_string_append (article, english);
  g_assert_cmpstr (memo_language_detect (article->str, "tr"), ==, "en");
  g_assert_cmpstr (memo_language_detect (article->str, "ru"), ==, "en");
  /* A page that is not translated yet, on a Turkish or Russian site. */
  g_assert_cmpstr (memo_language_detect (english, "tr"), ==, "tr");
  g_assert_cmpstr (memo_language_detect (english, "ru"), ==, "ru");
  g_assert_cmpstr (memo_language_detect (turkish, "ru"), ==, "tr");
  while (spanish->len < 1000)
    g_string_append (spanish,
                     "Las dos partes firmaron un acuerdo de cooperación en el ámbito de la energía y entrará en "
                     "vigor después de la ratificación. ");
  g_assert_cmpstr (memo_language_detect (spanish->str, "en"), ==, "es");
}

static void
test_names (void)
{
  static const char *const names[][2] = {
    { "tr", "tr" },        { "TR", "tr" },         { "tr-TR", "tr" },   { "tr_TR.UTF-8", "tr" }, { "tur", "tr" },
    { "Turkish", "tr" },   { "Türkçe", "tr" },     { "TÜRKÇE", "tr" },  { "турецкий", "tr" },    { "English", "en" },
    { "İngilizce", "en" }, { "английский", "en" }, { "Русский", "ru" }, { "rus", "ru" },         { "Rusça", "ru" },
    { "ger", "de" },       { "deu", "de" },        { "Deutsch", "de" }, { "fre", "fr" },         { "iw", "he" },
    { "qq", "qq" },        { "zh-Hans", "zh" },    { "中文", "zh" },    { "nn-NO", "no" },
  };
  static const char *const unknown[] = { "", "Klingonese", "zzz", "xx", "1", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (memo_language_from_name (names[i][0]), ==, names[i][1]);
  for (guint i = 0; unknown[i] != NULL; i++)
    g_assert_null (memo_language_from_name (unknown[i]));

  g_assert_cmpstr (memo_language_own_name ("tr"), ==, "Türkçe");
  g_assert_cmpstr (memo_language_own_name ("ru"), ==, "Русский");
  g_assert_cmpstr (memo_language_own_name ("qq"), ==, "qq");
  g_assert_cmpstr (memo_language_name ("en", "tr"), ==, "İngilizce");
  g_assert_cmpstr (memo_language_name ("en", "ru"), ==, "Английский");
  g_assert_cmpstr (memo_language_name ("ru", "en"), ==, "Russian");
  g_assert_cmpstr (memo_language_name ("qq", "ru"), ==, "qq");
}

static void
set_locale (const char *list, const char *all, const char *messages, const char *lang)
{
  const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
  const char *const values[] = { list, all, messages, lang };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (values[i] != NULL)
      g_setenv (names[i], values[i], TRUE);
    else
      g_unsetenv (names[i]);
}

static void
test_interface (void)
{
  set_locale (NULL, NULL, NULL, NULL);
  g_assert_cmpstr (memo_language_of_interface (), ==, "en");
  set_locale (NULL, NULL, NULL, "tr_TR.UTF-8");
  g_assert_cmpstr (memo_language_of_interface (), ==, "tr");
  set_locale (NULL, NULL, "ru_RU.UTF-8", "tr_TR.UTF-8");
  g_assert_cmpstr (memo_language_of_interface (), ==, "ru");
  set_locale (NULL, "en_GB.UTF-8", "ru_RU.UTF-8", "tr_TR.UTF-8");
  g_assert_cmpstr (memo_language_of_interface (), ==, "en");
  set_locale ("tr", "en_GB.UTF-8", NULL, NULL);
  g_assert_cmpstr (memo_language_of_interface (), ==, "tr");
  set_locale ("de:ru:tr", "C.UTF-8", NULL, NULL);
  g_assert_cmpstr (memo_language_of_interface (), ==, "ru");
  set_locale ("tr", "C", NULL, NULL);
  g_assert_cmpstr (memo_language_of_interface (), ==, "en");
  set_locale ("de", "de_DE.UTF-8", NULL, NULL);
  g_assert_cmpstr (memo_language_of_interface (), ==, "en");
  set_locale (NULL, "C.UTF-8", NULL, NULL);
}

static gpointer
detect_in_thread (gpointer data)
{
  for (int k = 0; k < 5; k++)
    for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
      g_assert_cmpstr (memo_language_detect (samples[i].text, NULL), ==, samples[i].code);
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("detect", detect_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/detect", test_detect);
  g_test_add_func ("/language/long", test_long);
  g_test_add_func ("/language/hint", test_hint);
  g_test_add_func ("/language/names", test_names);
  g_test_add_func ("/language/interface", test_interface);
  g_test_add_func ("/language/threads", test_threads);
  return g_test_run ();
}
