package app.trackpay;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import app.trackpay.check.Check;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The picture in {@code src/site/markdown/architecture.md}, held true. */
@AnalyzeClasses(packages = "app.trackpay", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheGoalsKnowMaven = noClasses()
            .that()
            .resideOutsideOfPackage("app.trackpay.mojo..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.apache.maven..", "org.eclipse.aether..", "org.codehaus.plexus..", "javax.inject.."));

    @ArchTest
    static final ArchRule onlyThreePackagesHoldConnections = noClasses()
            .that()
            .resideOutsideOfPackages("app.trackpay.database..", "app.trackpay.apply..", "app.trackpay.probe..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."));

    @ArchTest
    static final ArchRule nothingKnowsTheGoals = noClasses()
            .that()
            .resideOutsideOfPackage("app.trackpay.mojo..")
            .should()
            .dependOnClassesThat(resideInAPackage("app.trackpay.mojo.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("app.trackpay.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule checksHoldNoState = fields().that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Check.class)
            .should()
            .beStatic()
            .andShould()
            .beFinal();

    @ArchTest
    static final ArchRule whatIsReadNeverChanges = fields().that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("app.trackpay.catalog..", "app.trackpay.report..")
            .should()
            .beFinal();
}
