import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Function;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.facet.*;
import org.apache.lucene.facet.sortedset.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.uhighlight.*;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene's side of scripts/benchmark.py: builds an index, answers queries, and times them inside.
 *
 * <p>A command a line on standard input, its parts between tabs; an answer a line on standard
 * output. "version"; "build DOCUMENTS FOLDER FIELDS"; "open FOLDER FIELDS"; "answer PLAN SNIPPETS
 * QUERY"; "time PLAN SNIPPETS SECONDS QUERY". FIELDS are name=weight pairs between spaces. A QUERY is
 * four parts: shape (or, and, phrase, prefix, all), words, stems, filters as facet=value.
 *
 * <p>PLAN says how hits and facets are gathered; the caller keeps the faster of the two:
 * "one" scores and collects every match in one pass; "two" lets the top ten skip what cannot be
 * among them (block-max WAND), and collects all matches for the facets in a second, unscored pass.
 */
public final class LuceneBench {
  private static final int HITS = 10;
  private static final int SNIPPET_LENGTH = 240;
  private static final List<String> FACETS = List.of("month", "author", "tag");
  private static final int MONTHS_MOST = 1000;
  private static final int BUILD_THREADS = 2;
  private static final double BUFFER_MEGABYTES = 512;
  private static final char LINE_END = '\u001e';
  private static final String VALUE_END = "\u001f";

  private final FacetsConfig config = new FacetsConfig();
  private final Map<String, SortedSetDocValuesReaderState> states = new LinkedHashMap<>();
  private Map<String, Float> fields = Map.of();
  private DirectoryReader reader;
  private IndexSearcher searcher;
  private UnifiedHighlighter highlighter;

  private LuceneBench() {
    // A field for each facet, so that a facet is counted without the others; the single-valued
    // ones are then read as plain ordinals.
    for (String facet : FACETS) {
      config.setIndexFieldName(facet, "facet_" + facet);
    }
    config.setMultiValued("tag", true);
  }

  /** Answer commands until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    LuceneBench bench = new LuceneBench();
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      output.println(bench.reply(line.split("\t", -1)));
    }
  }

  private String reply(String[] parts) throws Exception {
    return switch (parts[0]) {
      case "version" -> org.apache.lucene.util.Version.LATEST + "\t" + Runtime.version();
      case "build" -> build(Path.of(parts[1]), Path.of(parts[2]), weights(parts[3]));
      case "open" -> open(Path.of(parts[1]), weights(parts[2]));
      case "answer" -> answer(parts[1], parts[2].equals("1"), queryOf(parts, 3)).toJson();
      case "time" -> time(parts[1], parts[2].equals("1"), Double.parseDouble(parts[3]), queryOf(parts, 4));
      default -> throw new IllegalArgumentException(parts[0]);
    };
  }

  private static Map<String, Float> weights(String text) {
    Map<String, Float> weights = new LinkedHashMap<>();
    for (String pair : text.split(" ")) {
      weights.put(pair.split("=")[0], Float.parseFloat(pair.split("=")[1]));
    }
    return weights;
  }

  private String build(Path documents, Path folder, Map<String, Float> fields) throws Exception {
    long started = System.nanoTime();
    IndexWriterConfig settings = new IndexWriterConfig(new StandardAnalyzer());
    settings.setRAMBufferSizeMB(BUFFER_MEGABYTES).setUseCompoundFile(false);
    settings.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    try (IndexWriter writer = new IndexWriter(new MMapDirectory(folder), settings);
        BufferedReader lines = Files.newBufferedReader(documents)) {
      addAll(writer, lines, fields);
      writer.commit();
      double added = (System.nanoTime() - started) / 1e9;
      writer.forceMerge(1);
      writer.commit();
      return writer.getDocStats().numDocs + "\t" + added + "\t" + (System.nanoTime() - started) / 1e9;
    }
  }

  private void addAll(IndexWriter writer, BufferedReader lines, Map<String, Float> fields)
      throws Exception {
    Callable<Void> work =
        () -> {
          // BufferedReader locks itself, so the threads take lines in turn.
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            writer.addDocument(config.build(document(line.split("\t", -1), fields)));
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(BUILD_THREADS)) {
      for (Future<Void> thread : threads.invokeAll(List.of(work, work))) {
        thread.get();
      }
    }
  }

  private static Document document(String[] parts, Map<String, Float> fields) {
    List<String> names =
        List.of("number", "id", "title", "body", "tags", "author", "month", "title_stem", "body_stem", "tags_stem");
    Document document = new Document();
    document.add(new NumericDocValuesField("number", Long.parseLong(parts[0])));
    document.add(new StoredField("id", parts[1]));
    for (String name : List.of("title", "body", "tags", "title_stem", "body_stem", "tags_stem")) {
      String value = parts[names.indexOf(name)].replace(LINE_END, '\n').replace(VALUE_END, "\n");
      boolean isStem = name.endsWith("_stem");
      if (fields.containsKey(name)) {
        document.add(isStem ? new Field(name, value, stemType()) : new TextField(name, value, Field.Store.YES));
      } else if (name.equals("title")) {
        document.add(new StoredField(name, value));
      }
    }
    for (String tag : parts[4].isEmpty() ? new String[0] : parts[4].split(VALUE_END)) {
      document.add(new SortedSetDocValuesFacetField("tag", tag));
    }
    document.add(new SortedSetDocValuesFacetField("author", parts[5]));
    document.add(new SortedSetDocValuesFacetField("month", parts[6]));
    return document;
  }

  private static FieldType stemType() {
    FieldType type = new FieldType(TextField.TYPE_NOT_STORED);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  private String open(Path folder, Map<String, Float> weights) throws IOException {
    fields = weights;
    reader = DirectoryReader.open(new MMapDirectory(folder));
    searcher = new IndexSearcher(reader);
    // The same few queries are asked again and again; a cache of their matches would be the answer.
    searcher.setQueryCache(null);
    for (String facet : FACETS) {
      states.put(facet, new DefaultSortedSetDocValuesReaderState(reader, "facet_" + facet, config));
    }
    // Sentences end at full stops: Java's own sentence iterator takes several times as long.
    highlighter =
        UnifiedHighlighter.builder(searcher, new StandardAnalyzer())
            .withBreakIterator(
                () ->
                    LengthGoalBreakIterator.createClosestToLength(
                        new CustomSeparatorBreakIterator('.'), SNIPPET_LENGTH, 0.5f))
            .build();
    return reader.numDocs() + "\t" + reader.leaves().size();
  }

  private record BenchQuery(String shape, String[] words, String[] stems, Map<String, String> filters) {}

  private static BenchQuery queryOf(String[] parts, int start) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (String pair : parts[start + 3].split(VALUE_END)) {
      if (!pair.isEmpty()) {
        filters.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
    }
    return new BenchQuery(parts[start], parts[start + 1].split(" "), parts[start + 2].split(" "), filters);
  }

  private String time(String plan, boolean snippets, double seconds, BenchQuery query) throws IOException {
    StringBuilder timings = new StringBuilder();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (long started = System.nanoTime(); started < end || timings.isEmpty(); ) {
      answer(plan, snippets, query);
      long stopped = System.nanoTime();
      timings.append(timings.isEmpty() ? "" : " ").append(stopped - started);
      started = stopped;
    }
    return timings.toString();
  }

  private record Answer(
      long total, List<Long> hits, Map<String, FacetResult> facets, List<String> snippets) {
    String toJson() {
      StringBuilder json = new StringBuilder("{\"total\":" + total + ",\"hits\":" + hits);
      json.append(",\"snippets\":[").append(String.join(",", snippets.stream().map(Answer::quoted).toList()));
      json.append("],\"facets\":{");
      List<String> parts = new ArrayList<>();
      for (String facet : FACETS) {
        List<String> counts = new ArrayList<>();
        FacetResult result = facets.get(facet);
        for (LabelAndValue value : result == null ? new LabelAndValue[0] : result.labelValues) {
          counts.add(quoted(value.label) + ":" + value.value);
        }
        parts.add(quoted(facet) + ":{" + String.join(",", counts) + "}");
      }
      return json.append(String.join(",", parts)).append("}}").toString();
    }

    private static String quoted(String text) {
      String safe = text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
      return "\"" + safe + "\"";
    }
  }

  private Answer answer(String plan, boolean snippets, BenchQuery query) throws IOException {
    Query matching = matching(query);
    Query filtered = filtered(matching, query.filters(), null);
    Map<String, FacetResult> facets = new LinkedHashMap<>();
    TopDocs top;
    FacetsCollector all = null;
    long total;
    if (filtered instanceof MatchAllDocsQuery) {
      top = searcher.search(filtered, HITS);
      total = reader.numDocs();
    } else if (plan.equals("one")) {
      var found = FacetsCollectorManager.search(searcher, filtered, HITS, new FacetsCollectorManager());
      top = found.topDocs();
      all = found.facetsCollector();
      total = top.totalHits.value();
    } else {
      top = searcher.search(filtered, new TopScoreDocCollectorManager(HITS, null, HITS));
      all = searcher.search(filtered, new FacetsCollectorManager());
      total = all.getMatchingDocs().stream().mapToLong(docs -> docs.totalHits()).sum();
    }
    for (String facet : FACETS) {
      // A facet is counted without its own filter: one more unscored pass where it has one.
      boolean isChosen = query.filters().containsKey(facet);
      Query others = isChosen ? filtered(matching, query.filters(), facet) : filtered;
      FacetsCollector seen =
          isChosen && !(others instanceof MatchAllDocsQuery)
              ? searcher.search(others, new FacetsCollectorManager())
              : isChosen ? null : all;
      facets.put(facet, counted(facet, seen));
    }
    return new Answer(total, numbers(top), facets, snippets ? shown(matching, top) : List.of());
  }

  private FacetResult counted(String facet, FacetsCollector seen) throws IOException {
    SortedSetDocValuesReaderState state = states.get(facet);
    Facets counts =
        seen == null
            ? new SortedSetDocValuesFacetCounts(state)
            : new SortedSetDocValuesFacetCounts(state, seen);
    return counts.getTopChildren(facet.equals("month") ? MONTHS_MOST : HITS, facet);
  }

  private List<Long> numbers(TopDocs top) throws IOException {
    List<Long> numbers = new ArrayList<>(HITS);
    for (ScoreDoc hit : top.scoreDocs) {
      // Doc values are read forwards only, and hits come in order of score.
      NumericDocValues values = MultiDocValues.getNumericValues(reader, "number");
      values.advanceExact(hit.doc);
      numbers.add(values.longValue());
    }
    return numbers;
  }

  private List<String> shown(Query matching, TopDocs top) throws IOException {
    List<String> shown = new ArrayList<>(2 * HITS);
    for (ScoreDoc hit : top.scoreDocs) {
      shown.add(searcher.storedFields().document(hit.doc, Set.of("title")).get("title"));
    }
    for (String snippet : highlighter.highlight("body", matching, top, 1)) {
      shown.add(snippet == null ? "" : snippet);
    }
    return shown;
  }

  private Query matching(BenchQuery query) {
    return switch (query.shape()) {
      case "all" -> MatchAllDocsQuery.INSTANCE;
      case "phrase" -> anyField(field -> new PhraseQuery(field, query.words()), false);
      case "prefix" -> anyField(field -> new PrefixQuery(new Term(field, query.words()[0])), false);
      default -> words(query, query.shape().equals("and") ? Occur.MUST : Occur.SHOULD);
    };
  }

  private Query words(BenchQuery query, Occur occur) {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (int i = 0; i < query.words().length; i++) {
      String word = query.words()[i];
      String stem = query.stems()[i];
      Query anywhere =
          anyField(field -> new TermQuery(new Term(field, field.endsWith("_stem") ? stem : word)), true);
      if (query.words().length == 1) {
        return anywhere;
      }
      words.add(anywhere, occur);
    }
    return words.build();
  }

  private Query anyField(Function<String, Query> query, boolean alsoStems) {
    List<Query> found = new ArrayList<>();
    for (Map.Entry<String, Float> field : fields.entrySet()) {
      if (alsoStems || !field.getKey().endsWith("_stem")) {
        Query plain = query.apply(field.getKey());
        found.add(field.getValue() == 1f ? plain : new BoostQuery(plain, field.getValue()));
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    found.forEach(each -> any.add(each, Occur.SHOULD));
    return any.build();
  }

  private static Query filtered(Query matching, Map<String, String> filters, String without) {
    BooleanQuery.Builder both = new BooleanQuery.Builder().add(matching, Occur.MUST);
    int count = 0;
    for (Map.Entry<String, String> filter : filters.entrySet()) {
      if (!filter.getKey().equals(without)) {
        Term term = DrillDownQuery.term("facet_" + filter.getKey(), filter.getKey(), filter.getValue());
        both.add(new TermQuery(term), Occur.FILTER);
        count++;
      }
    }
    return count == 0 ? matching : both.build();
  }
}
