package org.kerbside.gateway.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.drivers.api.Chip;

/** Which room may look into which; README.md draws it. */
class HouseRulesTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.kerbside");

  /** Rooms that decide: no clock, no chance, no files, no threads of their own. */
  private static final String[] PURE_ROOMS = {
    "gateway.model", "gateway.assets", "gateway.desk", "rules"
  };

  /** Rooms that offer a chip say what bytes mean: no clock, no thread, no socket, no log. */
  private static final String[] CHIPS =
      HOUSE.stream()
          .filter(HouseRulesTest::offersAChip)
          .map(type -> type.getPackageName().replace("org.kerbside.", ""))
          .distinct()
          .sorted()
          .toArray(String[]::new);

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage("java.lang..", "java.util", "java.util.function", "java.util.stream")
          .or(resideInAnyPackage("java.util.regex", "java.time..", "java.math", "java.text"))
          .or(resideInAnyPackage("org.jspecify..", "java.nio.charset", "java.util.random"))
          .or(belongToAnyOf(MessageDigest.class, NoSuchAlgorithmException.class))
          .as("the plain JDK");

  @Test
  void theWholeHouseIsLookedAt() {
    Set<String> rooms = new TreeSet<>();
    HOUSE.forEach(type -> rooms.add(type.getPackageName()));

    assertThat(rooms)
        .contains(
            "org.kerbside.config",
            "org.kerbside.drivers.a02yyuw",
            "org.kerbside.drivers.ads1115",
            "org.kerbside.drivers.api",
            "org.kerbside.drivers.board",
            "org.kerbside.drivers.camel",
            "org.kerbside.drivers.coap",
            "org.kerbside.drivers.ld2410",
            "org.kerbside.drivers.lorawan",
            "org.kerbside.drivers.modbus",
            "org.kerbside.drivers.mqtt",
            "org.kerbside.drivers.sht31",
            "org.kerbside.drivers.sht4x",
            "org.kerbside.drivers.picks",
            "org.kerbside.drivers.simulator",
            "org.kerbside.drivers.vl53l1x",
            "org.kerbside.drivers.ze03",
            "org.kerbside.gateway.app",
            "org.kerbside.gateway.app.flow",
            "org.kerbside.gateway.app.wiring",
            "org.kerbside.gateway.assets",
            "org.kerbside.gateway.cli",
            "org.kerbside.gateway.desk",
            "org.kerbside.gateway.journal",
            "org.kerbside.gateway.model",
            "org.kerbside.gateway.page",
            "org.kerbside.gateway.uplink",
            "org.kerbside.rules");
  }

  @TestFactory
  Stream<DynamicTest> eachLibraryStaysInItsRoom() {
    return check(
        only("org.apache.camel..", "gateway.app.flow", "drivers.camel"),
        only("io.netty..", "drivers.camel"),
        only("org.eclipse.californium..", "drivers.coap"),
        only("com.fazecast..", "drivers.board"),
        only("com.pi4j..", "drivers.board"),
        only("org.eclipse.paho..", "gateway.uplink", "drivers.mqtt"),
        only("java.sql..", "gateway.journal"),
        only("org.sqlite..", "gateway.journal"),
        only("dev.cel..", "rules"),
        only("org.snakeyaml..", "config"),
        only("io.javalin..", "gateway.page"),
        only("org.eclipse.jetty..", "gateway.page"),
        only("gg.jte..", "gateway.page"),
        only("com.google.zxing..", "gateway.page"),
        only("picocli..", "gateway.cli"),
        only("org.shredzone..", "rules", "drivers.simulator"));
  }

  @TestFactory
  Stream<DynamicTest> arrowsPointDown() {
    return check(
        sees("gateway.model"),
        sees("gateway.assets", "gateway.model"),
        sees("gateway.desk", "gateway.model"),
        blind("gateway.journal", "config", "drivers", "rules", "gateway.[app|uplink|page|cli]"),
        blind("gateway.uplink", "config", "drivers", "rules", "gateway.[app|journal|page|cli]"),
        blind("gateway.page", "config", "drivers", "rules", "gateway.[app|journal|uplink|cli]"),
        blind("gateway.cli", "config", "drivers", "rules", "gateway.[app|journal|uplink|page]"),
        blind("config", "drivers", "rules", "gateway.[app|assets|cli|desk|journal|page|uplink]"),
        blind("rules", "drivers", "gateway.[app|assets|cli|desk|journal|page|uplink]"),
        blind("drivers", "rules", "gateway.[app|assets|cli|desk|journal|page|uplink]"));
  }

  private static boolean offersAChip(JavaClass type) {
    return type.getFields().stream()
        .anyMatch(
            field ->
                field.getModifiers().contains(JavaModifier.STATIC)
                    && field.getRawType().isAssignableTo(Chip.class));
  }

  @TestFactory
  Stream<DynamicTest> aChipSeesItsPortAlone() {
    assertThat(CHIPS).contains("drivers.a02yyuw", "drivers.sht31");
    return Stream.of(CHIPS)
        .map(chip -> sees(chip, "drivers.api", "gateway.model", "config"))
        .map(HouseRulesTest::test);
  }

  @TestFactory
  Stream<DynamicTest> noDriverKnowsAnother() {
    return check(
        slices()
            .matching("org.kerbside.drivers.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                DescribedPredicate.alwaysTrue(),
                resideInAnyPackage("org.kerbside.drivers.api..", "org.kerbside.drivers.testkit..")
                    .or(resideInAnyPackage("org.kerbside.drivers.picks..")))
            .as("no driver knows another"));
  }

  @TestFactory
  Stream<DynamicTest> nothingGoesInCircles() {
    return check(slices().matching("org.kerbside.(**)").should().beFreeOfCycles().as("no circles"));
  }

  @TestFactory
  Stream<DynamicTest> adaptersAreMadeInTheWiring() {
    return Stream.of(
            "gateway.journal.Journal",
            "gateway.journal.RollUps",
            "gateway.journal.Wear",
            "gateway.uplink.Uplink",
            "gateway.page.PageServer",
            "drivers.board.LinuxHardware",
            "drivers.board.PinField",
            "drivers.camel.CamelField",
            "drivers.coap.CoapField",
            "drivers.lorawan.LorawanField",
            "drivers.mqtt.FieldBroker",
            "drivers.modbus.ModbusField",
            "drivers.mqtt.MqttField",
            "drivers.simulator.Street")
        .map(
            adapter ->
                noClasses()
                    .that(not(in("gateway.app.wiring")))
                    .and()
                    .doNotHaveFullyQualifiedName("org.kerbside." + adapter)
                    .should()
                    .callCodeUnitWhere(makes("org.kerbside." + adapter))
                    .as(adapter + " is made in the wiring"))
        .map(HouseRulesTest::test);
  }

  /** By its constructor, or by a method of its own that returns one. */
  private static DescribedPredicate<JavaCall<?>> makes(String adapter) {
    return DescribedPredicate.describe(
        "makes " + adapter,
        call ->
            call.getTargetOwner().getName().equals(adapter)
                && (call instanceof JavaConstructorCall
                    || call.getTarget().getRawReturnType().getName().equals(adapter)));
  }

  @TestFactory
  Stream<DynamicTest> timeAndChanceAreParameters() {
    var pure = in(PURE_ROOMS);
    var timeless = in(PURE_ROOMS).or(in(CHIPS)).or(in("config", "drivers.api"));
    return check(
        noClasses().that(timeless).should().callMethod(System.class, "nanoTime"),
        noClasses().that(timeless).should().callMethod(System.class, "currentTimeMillis"),
        noClasses().that(timeless).should().callMethodWhere(calls("java.time.", "now")),
        noClasses().that(timeless).should().callMethodWhere(calls("java.lang.Thread", "sleep")),
        noClasses().that(timeless).should().callMethod(Math.class, "random"),
        noClasses().that(timeless).should().callMethod(UUID.class, "randomUUID"),
        noClasses().that(timeless).should().callConstructor(Random.class),
        noClasses().that(pure).should().dependOnClassesThat().areAssignableTo(SecureRandom.class),
        noClasses().that(pure).should().dependOnClassesThat().resideInAPackage("java.net.."),
        noClasses()
            .that(pure)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.."),
        noClasses().that(pure).should().dependOnClassesThat().areAssignableTo(Thread.class),
        noClasses().should().dependOnClassesThat().areAssignableTo(Timer.class));
  }

  private static DescribedPredicate<JavaMethodCall> calls(String owner, String method) {
    return DescribedPredicate.describe(
        "calls %s of %s".formatted(method, owner),
        call -> call.getTargetOwner().getName().startsWith(owner) && call.getName().equals(method));
  }

  @TestFactory
  Stream<DynamicTest> everyPackageIsNullMarked() {
    return HOUSE.stream()
        .map(JavaClass::getPackage)
        .distinct()
        .filter(room -> !room.getName().contains(".jte"))
        .map(
            room ->
                dynamicTest(
                    room.getName(),
                    () -> assertThat(room.isAnnotatedWith(NullMarked.class)).isTrue()));
  }

  @TestFactory
  Stream<DynamicTest> namesSayWhatAThingIs() {
    return Stream.of("Util", "Utils", "Helper", "Impl", "Manager", "Data", "Info")
        .map(ending -> noClasses().should().haveSimpleNameEndingWith(ending))
        .map(HouseRulesTest::test);
  }

  private static ArchRule only(String library, String... rooms) {
    return noClasses()
        .that(not(in(rooms)))
        .and()
        .resideInAPackage("org.kerbside..")
        .and()
        .resideOutsideOfPackage("org.kerbside.deploy..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .as("only %s sees %s".formatted(String.join(", ", rooms), library));
  }

  private static ArchRule sees(String room, String... neighbours) {
    return classes()
        .that(in(room))
        .should()
        .onlyDependOnClassesThat(in(room).or(in(neighbours)).or(PURE))
        .as("%s sees %s".formatted(room, String.join(", ", neighbours)));
  }

  private static ArchRule blind(String room, String... rooms) {
    return noClasses()
        .that(in(room))
        .should()
        .dependOnClassesThat(in(rooms))
        .as("%s does not see %s".formatted(room, String.join(", ", rooms)));
  }

  private static DescribedPredicate<JavaClass> in(String... rooms) {
    return resideInAnyPackage(
        Stream.of(rooms).map(room -> "org.kerbside." + room + "..").toArray(String[]::new));
  }

  private static Stream<DynamicTest> check(ArchRule... rules) {
    return Stream.of(rules).map(HouseRulesTest::test);
  }

  private static DynamicTest test(ArchRule rule) {
    return dynamicTest(rule.getDescription(), () -> rule.check(HOUSE));
  }
}
